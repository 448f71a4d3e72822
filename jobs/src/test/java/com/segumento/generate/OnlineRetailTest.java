package com.segumento.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Client;
import com.segumento.lake.FileProbe;
import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.testkit.GeneratedCode;
import com.segumento.testkit.ParquetEncodings;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@GeneratedCode // half a million rows
@ExtendWith(SparkExtension.class)
class OnlineRetailTest {
  private static final Path SOURCE = Repository.path("conf/" + OnlineRetail.FILE);
  private static final ClientId ID = new ClientId("retail");
  private static final LocalDate EVE = LocalDate.of(2026, 2, 26);
  private static final LocalDate LAST = LocalDate.of(2026, 2, 27);

  @TempDir Path directory;

  @Test
  void deliversEveryLineOfTheSourceAndEveryCustomerEachNight(SparkSession spark) {
    Client client = SampleClients.retail();
    Lake lake = Lake.open(spark, directory.toUri().toString());
    List<GeneratedDrop> drops = OnlineRetail.generate(spark, lake, client, SOURCE, 2);
    assertThat(drops)
        .extracting(
            GeneratedDrop::dataset, GeneratedDrop::date, GeneratedDrop::files, GeneratedDrop::rows)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("customers", EVE, 1, 4371L),
            org.assertj.core.groups.Tuple.tuple("invoices", EVE, 1, 540_277L),
            org.assertj.core.groups.Tuple.tuple("customers", LAST, 1, 4372L),
            org.assertj.core.groups.Tuple.tuple("invoices", LAST, 1, 1632L));
    Dataset<Row> invoices =
        spark.read().parquet(folder(lake, "invoices", EVE), folder(lake, "invoices", LAST));
    hasTheTotalsOfTheSource(invoices);
    assertThat(new BigDecimal("9747747.934")).isEqualByComparingTo(sourceTotal(spark));
    Dataset<Row> customers = spark.read().json(folder(lake, "customers", LAST));
    assertThat(customers.select("customer_hash").distinct().count()).isEqualTo(4372);
    assertThat(customers.join(invoices, "customer_hash").count()).isEqualTo(406_829);
    assertThat(lake.objects().list(lake.layout().staging(ID, "generate"))).isEmpty();
    assertThat(OnlineRetail.generate(spark, lake, client, SOURCE, 2)).isEqualTo(drops);
  }

  private static void hasTheTotalsOfTheSource(Dataset<Row> invoices) {
    Row totals =
        invoices
            .selectExpr(
                "count(1)",
                "sum(amount)",
                "count(customer_hash)",
                "count(distinct customer_hash)",
                "count_if(kind = 'cancellation')",
                "count_if(kind = 'sale')",
                "min(quantity)",
                "min(timestamp_micros(invoice_date div 1000))",
                "max(timestamp_micros(invoice_date div 1000))")
            .head();
    assertThat(totals.mkString("|"))
        .isEqualTo(
            "541909|9747747.934|406829|4372|9288|532621|-80995"
                + "|2025-02-19 08:26:00.0|2026-02-27 12:50:00.0");
  }

  @Test
  void marksTimesAsNanoseconds(SparkSession spark) throws IOException {
    Lake lake = Lake.open(spark, directory.toUri().toString());
    OnlineRetail.generate(spark, lake, SampleClients.retail(), SOURCE, 1);
    List<String> files =
        lake.objects().list(folder(lake, "invoices", LAST)).stream()
            .map(StoredObject::uri)
            .filter(uri -> uri.endsWith(".parquet"))
            .toList();
    assertThat(FileProbe.probe(spark, files, FileProbe.Kind.PARQUET))
        .singleElement()
        .satisfies(file -> assertThat(file.problem()).isEmpty())
        .satisfies(file -> assertThat(file.nanos()).containsExactly("invoice_date"));
    assertThat(ParquetEncodings.below(directory))
        .isNotEmpty()
        .allSatisfy(list -> assertThat(list).isSorted());
  }

  @Test
  void refusesAClientWithoutTheseDatasets(SparkSession spark) {
    Lake lake = Lake.open(spark, directory.toUri().toString());
    assertThatThrownBy(() -> OnlineRetail.generate(spark, lake, SampleClients.shop(), SOURCE, 2))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "The source online-retail does not fit client shop. Choose a client of which this"
                + " holds: it has a dataset customers with the columns [country].");
  }

  private static BigDecimal sourceTotal(SparkSession spark) {
    return spark
        .read()
        .parquet(SOURCE.toUri().toString())
        .selectExpr("sum(cast(UnitPrice as decimal(12,3)) * Quantity)")
        .head()
        .getDecimal(0);
  }

  private static String folder(Lake lake, String dataset, LocalDate date) {
    return lake.layout().landing(ID, dataset, date);
  }
}
