package com.segumento.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.lake.CopiedFiles.Digested;
import com.segumento.lake.Lake;
import com.segumento.model.ConfigException;
import java.util.List;
import java.util.Optional;

/**
 * What an archive holds; written when all of it is there.
 *
 * @param client whose it is
 * @param files by their paths below the lake's root, before and after
 */
record ArchiveManifest(String client, String id, List<StoredFile> files) {
  static final String NAME = "manifest.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  ArchiveManifest {
    files = List.copyOf(files);
  }

  /** A file; its checksum is SHA-256, in lower-case hexadecimal. */
  record StoredFile(String path, long bytes, String sha256) {
    static StoredFile of(Digested file, String below) {
      return new StoredFile(file.uri().substring(below.length() + 1), file.bytes(), file.sha256());
    }
  }

  static Optional<ArchiveManifest> read(Lake lake, String archive) {
    return lake.objects().text(archive + "/" + NAME).map(ArchiveManifest::parsed);
  }

  void write(Lake lake, String archive) {
    try {
      lake.objects()
          .write(
              archive + "/" + NAME,
              JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ArchiveManifest parsed(String text) {
    try {
      return JSON.readValue(text, ArchiveManifest.class);
    } catch (JsonProcessingException e) {
      throw new ConfigException("The archive's manifest is damaged: it is no JSON of ours.", e);
    }
  }
}
