package com.segumento.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HierarchyFileTest {
  @TempDir Path directory;

  @Test
  void readsLevelsByValue() {
    write("tea;drink;*\nbread;food;*\n");
    HierarchyFile hierarchy = HierarchyFile.read(directory, "goods.csv");
    assertThat(hierarchy.levels()).isEqualTo(3);
    assertThat(hierarchy.values())
        .isEqualTo(
            Map.of("tea", List.of("tea", "drink", "*"), "bread", List.of("bread", "food", "*")));
    assertThat(new DatasetContract.Hierarchy(null, "goods.csv").height(directory)).isEqualTo(2);
  }

  @Test
  void theMarkOfAnEditorIsNoPartOfTheFirstValue() {
    write("\uFEFFtea;*\r\nbread;*\r\n");
    assertThat(HierarchyFile.read(directory, "goods.csv").values())
        .containsOnlyKeys("tea", "bread");
    assertThat(HierarchyFile.lines(directory, "goods.csv"))
        .containsExactly(List.of("tea", "*"), List.of("bread", "*"));
  }

  @Test
  void raggedLinesAndRepeatedValuesAreRefused() {
    write("tea;drink;*\nbread;*\ntea;drink;*\n");
    assertRefusal(
        """
        hierarchies/goods.csv:2:1 The line has 2 fields. Expected 3 fields parted by semicolons,\
         as in every line.
        hierarchies/goods.csv:3:1 The value stands in line 1 already. Expected one line a value.""");
  }

  @Test
  void aLevelThatPutsApartWhatALowerOneJoinedIsRefused() {
    write("tea;drink;hot;*\njuice;drink;cold;*\n");
    assertRefusal(
        """
        hierarchies/goods.csv:2:1 Level 2 puts apart what level 1 joined: "drink" is under "hot" in\
         a line before and under "cold" here. Expected one of them in all lines.""");
  }

  @Test
  void aFileWithoutLevelsIsRefused() {
    write("");
    assertRefusal(
        """
        hierarchies/goods.csv:1:1 The file has no levels. Expected 2 or more fields parted by\
         semicolons, as in every line.""");
  }

  private void write(String text) {
    new ConfigurationFiles(directory).write("hierarchies/goods.csv", text);
  }

  private void assertRefusal(String message) {
    assertThatThrownBy(() -> HierarchyFile.read(directory, "goods.csv"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}
