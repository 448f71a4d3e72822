package com.segumento.udf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PersonKeyTest {

  // RFC 4231, test case 2.
  @Test
  void isHmacSha256() {
    byte[] key =
        PersonKey.of("Jefe".getBytes(StandardCharsets.UTF_8), "what do ya want for nothing?");
    assertThat(HexFormat.of().formatHex(key))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        .hasSize(2 * PersonKey.BYTES);
  }

  @Test
  void saysNothingOfItsKey() {
    assertThat(new PersonKey(null)).hasToString("person_key");
  }
}
