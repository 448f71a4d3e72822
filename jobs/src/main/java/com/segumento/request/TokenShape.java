package com.segumento.request;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.DatasetContract.Expectations;
import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.config.DatasetContract.RawIdentifier;
import com.segumento.config.DatasetContract.Token;
import com.segumento.contract.CsvRows;
import com.segumento.model.DataContractException;
import com.segumento.model.RequestKind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What rows of a token file look like.
 *
 * @param contract token, and the columns that go with it, none of them required
 * @param header of a csv file; empty of json
 */
record TokenShape(DatasetContract contract, List<String> header) {
  /** The column with the token. */
  static final String TOKEN = "token";

  /** The column with what the client calls a nominee. */
  static final String NOMINEE = "nominee";

  /** Nobody is nominated by name. */
  private static final String HASH = "[0-9a-f]{64}|[0-9a-f]{128}";

  TokenShape {
    header = List.copyOf(header);
  }

  /**
   * The shape of a file.
   *
   * @param header the first line of a csv file
   * @throws DataContractException with the reason only, where a request of the kind has no such
   *     file
   */
  static TokenShape of(Client client, RequestManifest manifest, boolean csv, String header) {
    Map<String, ColumnContract> columns = columns(client, manifest);
    List<String> names = csv ? CsvRows.header(null, header) : List.of();
    if (csv) {
      check(names, columns, manifest.kindOf());
      columns.keySet().retainAll(names);
    }
    DatasetContract contract =
        new DatasetContract(
            "requests",
            Kind.PROFILE,
            Mode.UPSERT,
            csv ? Format.CSV : Format.JSON,
            null,
            token(client, manifest),
            null,
            null,
            null,
            columns,
            new Expectations(null, null, 1.0, null, null));
    return new TokenShape(contract, names);
  }

  // Only names of the contract are told: a file without a header begins with a token.
  private static void check(
      List<String> names, Map<String, ColumnContract> columns, RequestKind kind) {
    if (!names.contains(TOKEN)) {
      throw new DataContractException("has no header with a column " + TOKEN);
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new DataContractException("has a column twice");
    }
    long unknown =
        names.stream().filter(name -> !name.equals(TOKEN) && !columns.containsKey(name)).count();
    if (unknown > 0) {
      throw new DataContractException(
          "has " + unknown + " columns that a request of its kind does not have");
    }
    if (kind == RequestKind.NOMINATE && !names.contains(NOMINEE)) {
      throw new DataContractException("has no column " + NOMINEE);
    }
    if (kind == RequestKind.CORRECT && names.size() == 1) {
      throw new DataContractException("has no column to correct");
    }
  }

  private static Map<String, ColumnContract> columns(Client client, RequestManifest manifest) {
    Map<String, ColumnContract> columns = new LinkedHashMap<>();
    if (manifest.kindOf() == RequestKind.NOMINATE) {
      columns.put(NOMINEE, nominee());
    }
    if (manifest.kindOf() == RequestKind.CORRECT) {
      corrected(client, manifest)
          .columns()
          .forEach((name, contract) -> columns.put(name, optional(contract)));
      if (columns.containsKey(TOKEN)) {
        throw new DataContractException("cannot be told from the dataset's own column " + TOKEN);
      }
    }
    return columns;
  }

  /**
   * The dataset a request corrects.
   *
   * @throws DataContractException where there is no such profile dataset
   */
  static DatasetContract corrected(Client client, RequestManifest manifest) {
    return client.datasets().stream()
        .filter(dataset -> dataset.kind() == Kind.PROFILE)
        .filter(dataset -> dataset.name().equals(manifest.dataset()))
        .findFirst()
        .orElseThrow(
            () ->
                new DataContractException(
                    "the manifest's dataset is no profile dataset of the client"));
  }

  private static Token token(Client client, RequestManifest manifest) {
    List<DatasetContract> of =
        client.datasets().stream()
            .filter(
                dataset -> manifest.dataset() == null || dataset.name().equals(manifest.dataset()))
            .toList();
    List<Token.Scheme> schemes =
        of.stream().map(dataset -> dataset.token().scheme()).distinct().toList();
    if (schemes.isEmpty()) {
      throw new DataContractException("the manifest's dataset is none of the client");
    }
    if (schemes.size() > 1) {
      throw new DataContractException(
          "the datasets of the client have tokens of several schemes: the manifest must name the"
              + " dataset whose tokens these are");
    }
    return new Token(TOKEN, schemes.get(0), true);
  }

  private static ColumnContract nominee() {
    return new ColumnContract(
        "string",
        true,
        null,
        null,
        null,
        HASH,
        null,
        null,
        null,
        null,
        List.of(RawIdentifier.values())); // a hash has runs of digits
  }

  /** Whether a value may be missing is judged of the columns a row has only. */
  private static ColumnContract optional(ColumnContract contract) {
    return new ColumnContract(
        contract.type(),
        null,
        contract.min(),
        contract.max(),
        contract.allowed(),
        contract.pattern(),
        contract.maxLength(),
        contract.role(),
        contract.place(),
        contract.hierarchy(),
        contract.lookalikes());
  }

  /** The columns of a correction whose values the dataset requires. */
  static boolean required(DatasetContract dataset, String column) {
    return Optional.ofNullable(dataset.columns().get(column))
        .map(ColumnContract::required)
        .orElse(false);
  }
}
