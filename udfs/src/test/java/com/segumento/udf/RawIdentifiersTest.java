package com.segumento.udf;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.udf.RawIdentifiers.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawIdentifiersTest {
  private static final Pattern SUSPICIOUS = Pattern.compile(RawIdentifiers.SUSPICIOUS);

  @ParameterizedTest(name = "{1} in {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          asha@example.com | EMAIL
          write to a.b+c@mail.example.co.in, please | EMAIL
          घर@example.in | EMAIL
          9876543210 | PHONE
          +91 98765 43210 | PHONE
          0091-98765-43210 | PHONE
          call 9876543210 2 times | PHONE
          Tel.9876543210 | PHONE
          x,9876543210 | PHONE
          (987) 654-3210 | PHONE
          +1 415 555 2671 | PHONE
          9876543210.00 | PHONE
          ABCPE1234F | PAN
          the pan is abcpe1234f. | PAN
          2341 2341 2346 | AADHAAR
          234123412346 | AADHAAR
          4111 1111 1111 1111 | CARD
          4111111111111111 | CARD
          4111 1111 1111 1111 12 | CARD
          3782 822463 10005 | CARD
          6011111111111117 | CARD
          192.168.1.17 | IP
          seen at 10.1.1.1. | IP
          2001:db8::ff00:42:8329 | IP
          2001:0db8:0000:0000:0000:ff00:0042:8329 | IP
          """)
  void findsRawIdentifiers(String text, Kind kind) {
    assertThat(RawIdentifiers.in(text)).containsExactly(kind);
    assertThat(SUSPICIOUS.matcher(text).find()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-03-01 10:20:30.123456",
        "2026-03-01T10:20:30+05:30",
        "20260301102030",
        "202603011020",
        "09-12-2026 10:45",
        "1767225600",
        "1767225600123",
        "1234567.8912345678",
        "77.594562712345, 12.971598712345",
        "9.87654321E9",
        "-9876543210.5",
        "ORD-2026-0000123",
        "INV/2026/000123",
        "C536379",
        "403-1234567-1234567",
        "version 1.2.3",
        "10:20:30",
        "a::b",
        "std::cafe",
        "ABCDE12345",
        "234123412347",
        "4111111111111112",
        "SKU 1234-5678"
      })
  void leavesOrdinaryValues(String text) {
    assertThat(RawIdentifiers.in(text)).isEmpty();
  }

  @Property
  void everyAadhaarIsFound(
      @ForAll @LongRange(min = 30_000_000_000L, max = 99_999_999_999L) long n) {
    String body = Long.toString(n);
    long valid = 0;
    for (int check = 0; check < 10; check++) {
      String number = body + check;
      boolean found = RawIdentifiers.in(number).contains(Kind.AADHAAR);
      assertThat(found).isEqualTo(RawIdentifiers.verhoeff(number));
      valid += found ? 1 : 0;
    }
    assertThat(valid).isEqualTo(1);
  }

  @Property
  void everyVisaNumberIsFoundInGroupsToo(
      @ForAll @LongRange(min = 400_000_000_000_000L, max = 499_999_999_999_999L) long n) {
    long valid = 0;
    for (int check = 0; check < 10; check++) {
      String number = Long.toString(n) + check;
      String grouped = number.replaceAll("(....)(?=.)", "$1-");
      boolean found = RawIdentifiers.in(number).contains(Kind.CARD);
      assertThat(RawIdentifiers.in(grouped).contains(Kind.CARD)).isEqualTo(found);
      assertThat(RawIdentifiers.luhn(number)).isEqualTo(found);
      valid += found ? 1 : 0;
    }
    assertThat(valid).isEqualTo(1);
  }

  @Property
  void everyIndianMobileIsFoundAndSuspicious(
      @ForAll @LongRange(min = 6_000_000_000L, max = 9_999_999_999L) long n) {
    String spaced = "+91 " + n / 100_000 + " " + String.format("%05d", n % 100_000);
    assertThat(RawIdentifiers.in(Long.toString(n))).contains(Kind.PHONE);
    assertThat(RawIdentifiers.in(spaced)).contains(Kind.PHONE);
    assertThat(SUSPICIOUS.matcher(spaced).find()).isTrue();
  }

  @Property(tries = 3000)
  void hashesAreNoIdentifiers(@ForAll @Size(32) byte[] hash) {
    String text = HexFormat.of().formatHex(hash);
    if (text.chars().anyMatch(Character::isLetter)) {
      assertThat(RawIdentifiers.in(text)).isEmpty();
    }
  }

  @Property(tries = 3000)
  void uuidsAreNoIdentifiers(@ForAll long high, @ForAll long low) {
    assertThat(RawIdentifiers.in(new UUID(high, low).toString())).isEmpty();
  }

  @Property
  void amountsAreNoIdentifiers(
      @ForAll @LongRange(min = -99_999_999_999L, max = 99_999_999_999L) long n) {
    assertThat(RawIdentifiers.in(BigDecimal.valueOf(n, 2).toPlainString())).as("%s", n).isEmpty();
  }

  @Property
  void instantsAreNoIdentifiers(@ForAll("instants") long seconds) {
    Instant instant = Instant.ofEpochSecond(seconds, 123_456_000);
    LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, 0, java.time.ZoneOffset.UTC);
    assertThat(RawIdentifiers.in(instant.toString())).isEmpty();
    assertThat(RawIdentifiers.in(local.format(DateTimeFormatter.ofPattern("yyyyMMddHHmm"))))
        .isEmpty();
    assertThat(RawIdentifiers.in(local.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"))))
        .isEmpty();
    assertThat(RawIdentifiers.in(Long.toString(seconds))).isEmpty();
  }

  @Provide
  Arbitrary<Long> instants() {
    return Arbitraries.longs().between(1_000_000_000L, 2_000_000_000L);
  }
}
