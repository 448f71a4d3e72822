package com.segumento.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LakeRegistryTest {
  private static final ClientId ACME = new ClientId("acme");
  private static final LakeLayout LAYOUT = new LakeLayout("file:/lake");

  /** Parts of the lake that are more than one entry, or nobody's. */
  private static final Set<String> WHOLES = Set.of("client", "landing", "relative");

  @Test
  void everyPlaceTheLayoutKnowsIsOfAClass() throws ReflectiveOperationException {
    List<String> unknown = new ArrayList<>();
    for (Method method : LakeLayout.class.getDeclaredMethods()) {
      boolean place =
          Modifier.isPublic(method.getModifiers())
              && method.getReturnType() == String.class
              && method.getParameterCount() > 0
              && !(WHOLES.contains(method.getName()) && method.getParameterCount() == 1);
      if (place) {
        Object[] arguments =
            Stream.of(method.getParameterTypes()).map(LakeRegistryTest::any).toArray();
        String path = LAYOUT.relative((String) method.invoke(LAYOUT, arguments));
        if (LakeRegistry.find(path).isEmpty()) {
          unknown.add(method.getName() + ": " + path);
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "clients/acme/tables/orders/event_date=2026-01-01/part-0.parquet, CLIENT_DATA, acme",
    "clients/acme/tables/profiles/_delta_log/00000000000000000000.json, DERIVED, acme",
    "clients/acme/vault/part-0.parquet, VAULT, acme",
    "landing/acme/orders/dt=2026-01-01/a/_MANIFEST.json, LANDING, acme",
    "landing/acme/_requests/r-1/tokens.csv, REQUEST, acme",
    "exports/acme/told/dt=2026-01-01/run=1/manifest.json, EXPORT, acme",
    "archive/acme/a/manifest.json, ARCHIVE, acme",
    "ops/usage/usage_date=2026-01-01/part-0.parquet, USAGE_LOG,",
    "ops/audit/part-0.parquet, LEDGER,",
    "ops/leases/acme/2026-01-01/1, LEASE,",
    "reference/places/part-0.parquet, REFERENCE,",
    "benchmarks/part-0.parquet, BENCHMARK,"
  })
  void saysOfWhatClassAndWhoseSomethingIs(String path, DataClass of, String owner) {
    LakeRegistry.Entry entry = LakeRegistry.find(path).orElseThrow();
    assertThat(entry.of()).isEqualTo(of);
    assertThat(entry.owner(path).map(ClientId::value).orElse(null)).isEqualTo(owner);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clients/acme/notes",
        "clients/Acme/vault/x",
        "scratch/x",
        "reference/../clients/acme/tables/x",
        "ops/..",
        "client/acme/tables/x",
        "clients/acme",
        "reference"
      })
  void knowsNothingOfOtherPlaces(String path) {
    assertThat(LakeRegistry.find(path)).isEmpty();
  }

  private static Object any(Class<?> type) {
    if (type == ClientId.class) {
      return ACME;
    }
    return type == LocalDate.class ? LocalDate.parse("2026-03-01") : "some";
  }
}
