package com.segumento.generate;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.DatasetContract.Token;
import com.segumento.model.Field;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The invoice lines of the UCI Online Retail data as their client would deliver them: customer
 * numbers hashed, times moved on, everything else as it is, with its gaps, negative quantities and
 * cancellations.
 *
 * @see <a href="https://doi.org/10.24432/C5BW33">Chen, Online Retail (2015)</a>
 */
final class RetailLines {
  /** Weeks the times are moved on by: whole ones, so that weekdays stay. */
  static final int WEEKS = 742;

  /** Day of the last line, moved on. */
  static final LocalDate LAST_DAY = LocalDate.of(2011, 12, 9).plusWeeks(WEEKS);

  static final Field INVOICE_NO = optional("invoice_no", DataTypes.StringType);
  static final Field STOCK_CODE = optional("stock_code", DataTypes.StringType);
  static final Field DESCRIPTION = optional("description", DataTypes.StringType);
  static final Field QUANTITY = optional("quantity", DataTypes.IntegerType);
  static final Field UNIT_PRICE = optional("unit_price", DataTypes.createDecimalType(12, 3));
  static final Field AMOUNT = optional("amount", DataTypes.createDecimalType(14, 3));
  static final Field COUNTRY = optional("country", DataTypes.StringType);
  private static final Field DAY = required("__day", DataTypes.DateType);
  private static final Field TIME = required("__time", DataTypes.LongType);

  private static final Field SOURCE_INVOICE = optional("InvoiceNo", DataTypes.StringType);
  private static final Field SOURCE_STOCK = optional("StockCode", DataTypes.StringType);
  private static final Field SOURCE_DESCRIPTION = optional("Description", DataTypes.StringType);
  private static final Field SOURCE_QUANTITY = optional("Quantity", DataTypes.LongType);
  private static final Field SOURCE_TIME = optional("InvoiceDate", DataTypes.LongType);
  private static final Field SOURCE_PRICE = optional("UnitPrice", DataTypes.DoubleType);
  private static final Field SOURCE_CUSTOMER = optional("CustomerID", DataTypes.DoubleType);
  private static final Field SOURCE_COUNTRY = optional("Country", DataTypes.StringType);

  /** The customer numbers come in clear; anybody may hash the demo's again. */
  private static final Tokens TOKENS = new Tokens("online-retail-demo");

  private static final String CANCELLATION = "C";
  private static final long MICROSECOND = 1_000;

  private final Dataset<Row> source;

  /** Lines of the published file, whose times are read as nanoseconds since 1970. */
  RetailLines(Dataset<Row> source) {
    long moved = ChronoUnit.WEEKS.getDuration().multipliedBy(WEEKS).toNanos();
    Column time = SOURCE_TIME.col().plus(moved);
    this.source =
        source
            .withColumn(TIME.name(), time)
            .withColumn(
                DAY.name(), to_date(timestamp_micros(time.divide(MICROSECOND).cast("bigint"))));
  }

  /** The lines of a night: all until {@code date} in the first one, else those of the day. */
  Dataset<Row> invoices(Token token, String time, String kind, LocalDate date, boolean first) {
    Column day = lit(java.sql.Date.valueOf(date));
    Column price = SOURCE_PRICE.col().cast(UNIT_PRICE.type());
    Column amount = SOURCE_QUANTITY.col().cast("int").multiply(price);
    return source
        .filter(first ? DAY.col().leq(day) : DAY.col().equalTo(day))
        .select(
            token(token).as(token.column()),
            TIME.col().as(time),
            when(SOURCE_INVOICE.col().startsWith(CANCELLATION), lit("cancellation"))
                .otherwise(lit("sale"))
                .as(kind),
            INVOICE_NO.as(SOURCE_INVOICE.col()),
            STOCK_CODE.as(SOURCE_STOCK.col()),
            DESCRIPTION.as(SOURCE_DESCRIPTION.col()),
            QUANTITY.as(SOURCE_QUANTITY.col().cast(QUANTITY.type())),
            UNIT_PRICE.as(price),
            AMOUNT.as(amount.cast(AMOUNT.type())))
        .coalesce(1);
  }

  /** Everybody seen until {@code date}, with the country of their last invoice. */
  Dataset<Row> customers(Token token, LocalDate date) {
    Column customer = SOURCE_CUSTOMER.col();
    return source
        .filter(DAY.col().leq(lit(java.sql.Date.valueOf(date))).and(customer.isNotNull()))
        .groupBy(customer)
        .agg(
            max_by(SOURCE_COUNTRY.col(), struct(TIME.col(), SOURCE_INVOICE.col()))
                .as(COUNTRY.name()))
        .select(token(token).as(token.column()), COUNTRY.col())
        .repartition(1)
        .sortWithinPartitions(token.column());
  }

  /** Columns of an invoice beside token, time and kind. */
  static List<String> invoiceColumns() {
    return List.of(
        INVOICE_NO.name(),
        STOCK_CODE.name(),
        DESCRIPTION.name(),
        QUANTITY.name(),
        UNIT_PRICE.name(),
        AMOUNT.name());
  }

  private static Column token(Token token) {
    return TOKENS.of(SOURCE_CUSTOMER.col().cast("bigint"), token.scheme());
  }
}
