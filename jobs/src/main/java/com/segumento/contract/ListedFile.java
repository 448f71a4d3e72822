package com.segumento.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.segumento.model.DataContractException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A file as a client's manifest lists it.
 *
 * @param path from the folder the manifest is in
 * @param sha256 of its bytes, lower-case hexadecimal
 * @param rows records in it, without a header
 */
public record ListedFile(
    @JsonProperty(required = true) String path,
    @JsonProperty(required = true) String sha256,
    @JsonProperty(required = true) long rows) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks what a manifest lists.
   *
   * @param path what paths may be
   * @param otherwise what is said of another one
   * @throws DataContractException with the reason only
   */
  public static void check(List<ListedFile> files, Predicate<String> path, String otherwise) {
    Set<String> paths = new HashSet<>();
    for (ListedFile file : files) {
      require(file != null && file.path() != null && path.test(file.path()), otherwise);
      require(
          file.sha256() != null && SHA256.matcher(file.sha256()).matches(),
          "the manifest lists a sha256 that is not 64 lower-case hexadecimal digits");
      require(file.rows() >= 0, "the manifest lists a negative number of rows");
      require(paths.add(file.path()), "the manifest lists a file twice");
    }
  }

  private static void require(boolean kept, String otherwise) {
    if (!kept) {
      throw new DataContractException(otherwise);
    }
  }
}
