package com.segumento.config;

import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads all configuration and refuses it with all its problems at once. */
public final class ConfigurationLoader {
  private static final String CLIENTS = "clients";
  private static final String SUFFIX = ".yaml";
  private static final ShapeRules PLATFORM_SHAPE = new ShapeRules(Platform.class);
  private static final ShapeRules CLIENT_SHAPE = new ShapeRules(Client.class);
  private static final ShapeRules SEGMENTS_SHAPE = new ShapeRules(Segments.class);

  private final Path directory;
  private final Findings findings = new Findings();
  private final Source source;
  private final SortedMap<String, Client> clients = new TreeMap<>();
  private final SortedMap<String, Segments> segments = new TreeMap<>();

  private ConfigurationLoader(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new ConfigException(
          "There is no folder "
              + directory
              + " with a configuration. Name the one that has platform.yaml with --conf or"
              + " SEGUMENTO_CONF.");
    }
    this.directory = directory;
    this.source = new Source(directory, findings);
  }

  /**
   * What was read.
   *
   * @param warnings what is allowed but doubtful
   */
  public record Loaded(Configuration configuration, List<Problem> warnings) {
    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The configuration of all clients.
   *
   * @throws ConfigException with one line a problem of any file
   */
  public static Configuration load(Path directory) {
    return inspect(directory, clientIds(directory), Optional.empty()).configuration();
  }

  /**
   * The configuration of one client alone; problems of other clients' files don't matter.
   *
   * @throws ConfigException with one line a problem of the platform's or this client's files
   */
  public static Configuration load(Path directory, ClientId client) {
    return inspect(directory, List.of(client.value()), Optional.empty()).configuration();
  }

  /**
   * The configuration of some clients, with warnings.
   *
   * @param clients names of their files without the suffix
   * @param date on which agreements should be in force, where that matters
   * @throws ConfigException with one line a problem
   */
  public static Loaded inspect(
      Path directory, Collection<String> clients, Optional<LocalDate> date) {
    return new ConfigurationLoader(directory).read(clients, date);
  }

  /**
   * Traits and segments of a file beside a client's own, which they may name.
   *
   * @throws ConfigException with one line a problem of the file, or of the client's files
   */
  public static Segments beside(Path directory, ClientId client, Path file) {
    return new ConfigurationLoader(directory).readBeside(client.value(), file);
  }

  /**
   * A segment beside a client's own.
   *
   * @throws ConfigException where the client has one of its id
   */
  public static Segments beside(Path directory, ClientId client, Segments.Segment segment) {
    Segments own = load(directory, client).segments(client);
    if (own.segments().stream().anyMatch(other -> other.id().equals(segment.id()))) {
      throw new ConfigException(
          "Client "
              + client
              + " has a segment "
              + segment.id()
              + " already. Put the condition into a file, under another id.");
    }
    return new Segments(Map.of(), List.of(segment), Map.of());
  }

  /** Names of all client files, without the suffix; their contents may be anything. */
  public static List<String> clientIds(Path directory) {
    Path folder = directory.resolve(CLIENTS);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The folder of client files cannot be listed", e);
    }
  }

  private Loaded read(Collection<String> names, Optional<LocalDate> date) {
    Setting platform = document("platform" + SUFFIX, PLATFORM_SHAPE);
    new PlatformRules(platform, findings).check();
    if (names.isEmpty()) {
      findings.refuse(
          CLIENTS, 1, 1, "No client is configured. Expected files as clients/acme.yaml.");
    }
    names.stream().distinct().sorted().forEach(name -> readClient(platform, name, date));
    findings.refuse();
    Platform typed = bind(platform, Platform.class).orElse(null);
    findings.refuse();
    return new Loaded(
        new Configuration(directory, typed, clients, Map.copyOf(segments)), findings.warnings());
  }

  private Segments readBeside(String name, Path file) {
    Setting platform = document("platform" + SUFFIX, PLATFORM_SHAPE);
    readClient(platform, name, Optional.empty());
    findings.refuse();
    Setting client = document(CLIENTS + "/" + name + SUFFIX, CLIENT_SHAPE);
    Setting own =
        client.at("segments").given()
            ? document(client.at("segments").node().textValue(), SEGMENTS_SHAPE)
            : Setting.nothing("");
    Path absolute = file.toAbsolutePath();
    Setting added =
        document(
            new Source(absolute.getParent(), findings),
            absolute.getFileName().toString(),
            SEGMENTS_SHAPE);
    findings.refuse();
    new BesideRules(
            new ClientScope(platform, client, added, directory, Optional.empty(), findings, own))
        .check();
    findings.refuse();
    Segments typed = bind(added, Segments.class).orElse(Segments.NONE);
    findings.refuse();
    return typed;
  }

  private void readClient(Setting platform, String name, Optional<LocalDate> date) {
    String path = CLIENTS + "/" + name + SUFFIX;
    List<String> known = clientIds(directory);
    if (!known.contains(name)) {
      findings.refuse(
          path,
          1,
          1,
          "No client "
              + name
              + " is configured, as the file is not there."
              + Suggestion.among(name, known)
              + " For a new client, create the file.");
      return;
    }
    Setting client = document(path, CLIENT_SHAPE);
    if (!client.given()) {
      return;
    }
    Setting file = client.at("segments");
    boolean inside = file.text().map(Source::inside).orElse(false);
    if (file.text().isPresent() && !inside) {
      findings.wrong(file, "a path that stays inside the configuration directory");
    }
    Setting rules =
        inside
            ? document(file.node().textValue(), SEGMENTS_SHAPE)
            : Setting.nothing(file.document().file());
    ClientScope scope = new ClientScope(platform, client, rules, directory, date, findings);
    new ClientRules(scope).check(name);
    if (!findings.anyIn(client.document().file())) {
      bind(client, Client.class).ifPresent(typed -> clients.put(name, typed));
    }
    if (rules.given() && !findings.anyIn(rules.document().file())) {
      bind(rules, Segments.class).ifPresent(typed -> segments.put(name, typed));
    }
  }

  private Setting document(String file, ShapeRules shape) {
    return document(source, file, shape);
  }

  private Setting document(Source from, String file, ShapeRules shape) {
    Optional<Document> document = from.yaml(file);
    document.ifPresent(read -> shape.check(read, findings));
    return document.map(Document::setting).orElse(Setting.nothing(file));
  }

  private <T> Optional<T> bind(Setting root, Class<T> type) {
    return Binding.bind(root, type, findings);
  }
}
