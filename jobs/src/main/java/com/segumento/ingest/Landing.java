package com.segumento.ingest;

import com.segumento.config.DatasetContract;
import com.segumento.lake.MarkedWrites;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.Workspace;
import com.segumento.model.DataContractException;
import com.segumento.model.LakeLayout;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a dataset lies in landing, up to the business date, and was not ingested.
 *
 * @param drops complete drops in order of date and id, one an id
 * @param refused complete drops whose manifest is not in order
 * @param altered complete drops under an id that was ingested with another manifest, or that
 *     another pending drop has too
 * @param known ids of all complete drops
 */
record Landing(List<Drop> drops, List<Refused> refused, int altered, Set<String> known) {

  Landing {
    drops = List.copyOf(drops);
    refused = List.copyOf(refused);
    known = Set.copyOf(known);
  }

  /** Looks at the landing of {@code contract}: one listing, and the manifests in it. */
  static Landing of(Workspace workspace, DatasetContract contract) {
    Search search = new Search(workspace, contract);
    search.look();
    return search.found();
  }

  /** One line a pending drop. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    drops.forEach(
        drop ->
            lines.add(
                drop.contract().name() + " " + drop.date() + " " + drop.id() + " " + drop.mark()));
    refused.forEach(drop -> lines.add(drop.toString()));
    return lines;
  }

  private static final class Search {
    private final Workspace workspace;
    private final DatasetContract contract;
    private final Map<String, Long> marks;
    private final String marker;
    private final List<Drop> drops = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private int altered;

    Search(Workspace workspace, DatasetContract contract) {
      this.workspace = workspace;
      this.contract = contract;
      this.marks =
          new MarkedWrites(workspace.spark())
              .marks(workspace.lake().layout().table(workspace.clientId(), contract.name()));
      this.marker = "/landing/" + workspace.client().client() + "/" + contract.name() + "/";
    }

    void look() {
      List<StoredObject> objects =
          workspace
              .lake()
              .objects()
              .list(workspace.lake().layout().landing(workspace.clientId(), contract.name()));
      Map<String, Map<String, StoredObject>> folders = new TreeMap<>();
      for (StoredObject object : objects) {
        if (object.uri().endsWith("/" + LakeLayout.MANIFEST)) {
          folders.put(folder(object.uri()), new HashMap<>());
        }
      }
      for (StoredObject object : objects) {
        dropFolder(folders, object.uri())
            .ifPresent(at -> folders.get(at).put(object.uri().substring(at.length() + 1), object));
      }
      folders.forEach(this::lookAt);
    }

    private void lookAt(String folder, Map<String, StoredObject> objects) {
      String below = folder.substring(folder.indexOf(marker) + marker.length());
      Optional<LocalDate> date = date(below);
      if (date.isEmpty() || date.get().isAfter(workspace.date())) {
        return;
      }
      StoredObject written = objects.remove(LakeLayout.MANIFEST);
      try {
        add(date.get(), written, objects);
      } catch (DataContractException e) {
        String name = below.matches("[A-Za-z0-9._=/-]{1,200}") ? below : "a folder below";
        refused.add(new Refused(contract.name(), date.get(), name, List.of(e.getMessage())));
      }
    }

    private void add(LocalDate date, StoredObject written, Map<String, StoredObject> objects) {
      if (written.bytes() > Manifest.LONGEST) {
        throw new DataContractException(
            "the manifest is longer than " + Manifest.LONGEST + " bytes");
      }
      String text = workspace.lake().objects().text(written.uri()).orElse("");
      Manifest manifest = Manifest.parse(text);
      if (!manifest.client().equals(workspace.client().client())) {
        throw new DataContractException("the manifest is of another client");
      }
      if (!manifest.dataset().equals(contract.name())) {
        throw new DataContractException("the manifest is of another dataset");
      }
      if (!manifest.date().equals(date.toString())) {
        throw new DataContractException("the manifest's date is not the one of its folder");
      }
      known.add(manifest.dropId());
      Map<String, String> files = new HashMap<>();
      objects.forEach((path, object) -> files.put(path, object.uri()));
      Drop drop = new Drop(contract, date, manifest, files, Drop.mark(text));
      Long ingested = marks.get(manifest.dropId());
      if (ingested == null) {
        drops.add(drop);
      } else if (ingested != drop.mark() && ingested != DropTable.REPLACED) {
        altered++;
      }
    }

    Landing found() {
      drops.sort(Drop.ORDER);
      List<Drop> unique = new ArrayList<>();
      Set<String> ids = new HashSet<>();
      for (Drop drop : drops) {
        if (ids.add(drop.id())) {
          unique.add(drop);
        } else {
          altered++;
        }
      }
      return new Landing(unique, refused, altered, known);
    }

    private static String folder(String uri) {
      return uri.substring(0, uri.lastIndexOf('/'));
    }

    // A drop's folder may hold folders, and those drops of their own: the deepest one owns a file.
    private static Optional<String> dropFolder(Map<String, ?> folders, String uri) {
      for (int end = uri.lastIndexOf('/'); end > 0; end = uri.lastIndexOf('/', end - 1)) {
        if (folders.containsKey(uri.substring(0, end))) {
          return Optional.of(uri.substring(0, end));
        }
      }
      return Optional.empty();
    }

    private static Optional<LocalDate> date(String below) {
      String day = below.split("/", 2)[0];
      try {
        return day.startsWith("dt=")
            ? Optional.of(LocalDate.parse(day.substring("dt=".length())))
            : Optional.empty();
      } catch (DateTimeParseException e) {
        return Optional.empty(); // no place drops are looked for
      }
    }
  }
}
