package com.segumento.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files of the configuration's directory and none outside of it. */
final class Source {
  /** Bytes; the largest YAML file that is read. */
  static final long LARGEST_YAML = 1 << 20;

  /** Bytes; the largest hierarchy that is read. */
  static final long LARGEST_HIERARCHY = 64L << 20;

  private final Path directory;
  private final Findings findings;

  Source(Path directory, Findings findings) {
    this.directory = directory;
    this.findings = findings;
  }

  /** A YAML file; nothing where it cannot be read, which is a finding. */
  Optional<Document> yaml(String file) {
    return text(file, LARGEST_YAML)
        .flatMap(text -> new YamlReader(file, text, findings).document());
  }

  /** A text; nothing where it cannot be read, which is a finding. */
  Optional<String> text(String file, long largest) {
    try {
      Path path = directory.resolve(file);
      if (!Files.isRegularFile(path)) {
        return refuse(file, "The file is not there. Create it.");
      }
      if (!path.toRealPath().startsWith(directory.toRealPath())) {
        return refuse(
            file, "The file is outside the configuration's directory. Expected one inside.");
      }
      if (Files.size(path) > largest) {
        return refuse(file, "The file is too large. Expected at most " + largest + " bytes.");
      }
      return decode(file, Files.readAllBytes(path));
    } catch (IOException | InvalidPathException e) {
      return refuse(file, "The file cannot be read. Check its name and its permissions.");
    }
  }

  /** Whether a path, taken from a folder, stays in it. */
  static boolean inside(String file) {
    try {
      Path path = Path.of(file).normalize();
      return !path.isAbsolute() && !path.startsWith("..") && !path.toString().isEmpty();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private Optional<String> decode(String file, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      int line = 1;
      int column = 1;
      for (int i = 0; i < in.position(); i++) {
        column = bytes[i] == '\n' ? 1 : column + ((bytes[i] & 0xC0) == 0x80 ? 0 : 1);
        line += bytes[i] == '\n' ? 1 : 0;
      }
      findings.refuse(file, line, column, "The text is not UTF-8 here. Save the file as UTF-8.");
      return Optional.empty();
    }
  }

  private <T> Optional<T> refuse(String file, String sentence) {
    findings.refuse(file, 1, 1, sentence);
    return Optional.empty();
  }
}
