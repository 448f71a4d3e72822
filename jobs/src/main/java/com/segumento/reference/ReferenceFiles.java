package com.segumento.reference;

import com.segumento.lake.ObjectStore;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a reference: a folder, or one of its files with the others beside it.
 *
 * @param folder URI of the folder, without a trailing slash
 * @param main name of the file that holds the rows
 */
record ReferenceFiles(ObjectStore objects, String folder, String main) {

  /**
   * The files at {@code path}.
   *
   * @param path a URI, or a path on this machine
   * @param main name of the main file, where {@code path} is a folder
   */
  static ReferenceFiles at(ObjectStore objects, String path, String main) {
    String uri =
        path.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")
            ? path
            : Path.of(path).toAbsolutePath().normalize().toUri().toString();
    uri = uri.replaceAll("/+$", "");
    if (!uri.endsWith(".csv")) {
      return new ReferenceFiles(objects, uri, main);
    }
    int slash = uri.lastIndexOf('/');
    return new ReferenceFiles(objects, uri.substring(0, slash), uri.substring(slash + 1));
  }

  /** The file with the rows. */
  CsvFile main(List<String> columns, Problems problems) {
    return file(main, columns, problems);
  }

  /** A file of the folder; empty, with a problem, where there is none. */
  CsvFile file(String name, List<String> columns, Problems problems) {
    return objects
        .text(folder + "/" + name)
        .map(text -> CsvFile.parse(name, text, columns, problems))
        .orElseGet(
            () -> {
              problems.add(name, "There is no such file in " + folder + ".");
              return new CsvFile(name, List.of());
            });
  }
}
