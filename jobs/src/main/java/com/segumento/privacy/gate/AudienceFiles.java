package com.segumento.privacy.gate;

import com.segumento.config.Export;
import com.segumento.lake.FileProbe;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.Workspace;
import com.segumento.model.Audiences;
import com.segumento.model.Audiences.Content;
import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The files of an audience as they lie in staging, a folder for each content, or in a release, by
 * the beginnings of their names.
 *
 * @param found what each is, by content
 */
record AudienceFiles(
    Workspace workspace, Export export, Map<Content, List<FileProbe.Found>> found) {
  private static final Pattern NUMBER = Pattern.compile("[a-z]+-([0-9]{5})[-.][A-Za-z0-9_.-]+");

  /** What lies there, or why it is none. */
  record Looked(Optional<AudienceFiles> files, Violation violation) {
    private static Looked wrong(Violation violation) {
      return new Looked(Optional.empty(), violation);
    }
  }

  static Looked in(JudgedFolder folder, Workspace workspace, Export export) {
    Map<Content, List<String>> uris = new EnumMap<>(Content.class);
    Set<String> numbers = new HashSet<>();
    for (StoredObject object : folder.data(workspace)) {
      Optional<Content> content = content(folder, object.uri(), export);
      // Of two files of one number, one would take the other's published name.
      if (content.isEmpty() || !numbers.add(content.get().stem() + number(object.uri()))) {
        return Looked.wrong(Violation.FILES);
      }
      uris.computeIfAbsent(content.get(), none -> new ArrayList<>()).add(object.uri());
    }
    if (!uris.containsKey(Content.LIST)) {
      return Looked.wrong(Violation.FILES);
    }
    Map<Content, List<FileProbe.Found>> found = new EnumMap<>(Content.class);
    uris.forEach(
        (content, files) ->
            found.put(content, FileProbe.probe(workspace.spark(), files, kind(export))));
    List<FileProbe.Found> all = found.values().stream().flatMap(List::stream).toList();
    if (all.stream().anyMatch(file -> !file.problem().isEmpty())) {
      return Looked.wrong(Violation.UNREADABLE);
    }
    return sameColumns(workspace, export, all)
        ? new Looked(Optional.of(new AudienceFiles(workspace, export, found)), Violation.COLUMNS)
        : Looked.wrong(Violation.COLUMNS);
  }

  private static Optional<Content> content(JudgedFolder folder, String uri, Export export) {
    String name = uri.substring(uri.lastIndexOf('/') + 1);
    if (!name.endsWith("." + export.format().name().toLowerCase(Locale.ROOT))
        || !NUMBER.matcher(name).matches()) {
      return Optional.empty();
    }
    for (Content content : Content.values()) {
      JudgedFolder own =
          folder.isPublished() ? folder : JudgedFolder.staged(folder.uri() + "/" + content.stem());
      String begins = folder.isPublished() ? content.stem() : "part";
      if (own.holds(uri) && name.startsWith(begins + "-")) {
        return Optional.of(content);
      }
    }
    return Optional.empty();
  }

  static int number(String uri) {
    Matcher matcher = NUMBER.matcher(uri.substring(uri.lastIndexOf('/') + 1));
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  private static FileProbe.Kind kind(Export export) {
    return switch (export.format()) {
      case CSV -> FileProbe.Kind.TEXT_WITH_HEADER;
      case JSON -> FileProbe.Kind.TEXT;
      case PARQUET -> FileProbe.Kind.PARQUET;
    };
  }

  private static boolean sameColumns(
      Workspace workspace, Export export, List<FileProbe.Found> files) {
    return switch (export.format()) {
      case CSV -> {
        String header = String.join(",", Audiences.SCHEMA.fieldNames());
        yield files.stream().allMatch(file -> file.header().equals(header));
      }
      case PARQUET ->
          StagedFooters.honest(
              workspace.spark(),
              files.stream().map(FileProbe.Found::uri).toList(),
              Audiences.SCHEMA);
      case JSON -> true; // every line is looked at
    };
  }

  /**
   * The rows of a content as {@link StagedRecords} has them; nothing where it has other columns.
   */
  Optional<Dataset<Row>> rows(Content content) {
    List<String> uris =
        found.getOrDefault(content, List.of()).stream().map(FileProbe.Found::uri).toList();
    RecordClaim columns =
        new RecordClaim(
            Optional.empty(),
            List.of(column(Audiences.SEGMENT_ID), column(Audiences.TOKEN)),
            0,
            0,
            Optional.empty(),
            Optional.empty());
    return new StagedRecords(workspace.spark(), uris, export.format(), columns).read();
  }

  private static RecordClaim.Attribute column(Field field) {
    return new RecordClaim.Attribute(field, false, true);
  }
}
