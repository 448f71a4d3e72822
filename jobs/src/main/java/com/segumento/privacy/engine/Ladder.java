package com.segumento.privacy.engine;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.StructType;

/**
 * All a dimension may be generalized to, from its exact values to everybody alike.
 *
 * @param published the column of a release
 * @param lowest the finest level that is known of anybody
 * @param levels by level
 */
record Ladder(Field published, int lowest, List<Generalization> levels) {
  private static final int COUNTRY = Cells.PLACE_LEVELS.indexOf(Places.COUNTRY.name());

  Ladder {
    levels = List.copyOf(levels);
  }

  /**
   * The levels of a dimension of {@code export}.
   *
   * @throws com.segumento.model.ConfigException where it is none
   */
  static Ladder of(Workspace workspace, Export export, String name, StructType profiles) {
    Field published = Cells.dimension(name);
    List<Generalization> levels = new ArrayList<>();
    if (name.equals(Profiles.PLACE.name())) {
      IntStream.rangeClosed(0, COUNTRY).mapToObj(Generalization.Place::new).forEach(levels::add);
      levels.add(new Generalization.Everything());
      return new Ladder(published, onlyCountries(workspace) ? COUNTRY : 0, levels);
    }
    ColumnContract contract = contract(workspace, export, name);
    Field column = CellSettings.column(profiles, name);
    if (contract.role() == DatasetContract.Role.IDENTIFYING || column == null) {
      throw CellSettings.invalid(
          export, "dimensions", name, "place or profile columns that identify nobody");
    }
    levels.add(new Generalization.Exact(column));
    DatasetContract.Hierarchy hierarchy = contract.hierarchy();
    if (hierarchy != null && hierarchy.file() != null) {
      HierarchyFile file = HierarchyFile.read(workspace.configDirectory(), hierarchy.file());
      IntStream.range(1, file.top())
          .mapToObj(level -> new Generalization.Listed(column, file, level))
          .forEach(levels::add);
    } else if (hierarchy != null) {
      hierarchy.intervals().stream()
          .map(width -> new Generalization.Intervals(column, width))
          .forEach(levels::add);
    }
    levels.add(new Generalization.Everything());
    return new Ladder(published, 0, levels);
  }

  int top() {
    return levels.size() - 1;
  }

  CellSettings.Dimension at(int level) {
    return new CellSettings.Dimension(published, level, levels.get(level));
  }

  private static boolean onlyCountries(Workspace workspace) {
    Client.Enrichment enrich = workspace.client().enrich();
    return enrich != null
        && enrich.location() != null
        && enrich.location().by() == Client.PlaceKey.COUNTRY;
  }

  private static ColumnContract contract(Workspace workspace, Export export, String name) {
    return workspace.client().datasets().stream()
        .filter(dataset -> dataset.kind() == DatasetContract.Kind.PROFILE)
        .map(dataset -> dataset.columns().get(name))
        .filter(contract -> contract != null)
        .findFirst()
        .orElseThrow(
            () ->
                CellSettings.invalid(
                    export, "dimensions", name, "place or columns of a profile dataset"));
  }
}
