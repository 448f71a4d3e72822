package com.segumento.reference;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.Lake;
import com.segumento.model.DataContractException;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class PlacesReaderTest {
  @TempDir Path directory;

  @Test
  void refusesAllProblemsOfItsFilesAtOnce(SparkSession spark) throws IOException {
    writeFiles();
    Lake lake = Lake.open(spark, directory.resolve("lake").toUri().toString());
    String path = directory.toUri().toString();
    LocalDate from = LocalDate.parse("2026-01-01");
    assertThatThrownBy(() -> ReferenceLoad.load(spark, lake, "places", path, from, "run"))
        .isInstanceOf(DataContractException.class)
        .hasMessage(
            "Reference places was not loaded, its table is as it was. Correct the files and load"
                + " again."
                + " district_aliases.csv, line 2: The census does not have the district."
                + " pincodes.csv, line 3: pincode is not six digits, the first of them not 0."
                + " pincodes.csv, line 4: longitude is not a number of degrees between -180 and 180."
                + " pincodes.csv, line 4: states.csv does not have the state."
                + " pincodes.csv: The values of pincode must differ, but 1 of them are there more"
                + " than once: 403001.");
  }

  private void writeFiles() throws IOException {
    for (String file : new String[] {"states.csv", "cities.csv", "census_districts.csv"}) {
      Files.copy(Repository.path("conf/reference/" + file), directory.resolve(file));
    }
    Files.writeString(
        directory.resolve("district_aliases.csv"),
        """
        state,district,pincodes,place_state,place_district,census_state,census_district,relation
        Goa,Panjim,,,,GOA,Atlantis,spelling
        """);
    Files.writeString(
        directory.resolve("pincodes.csv"),
        """
        pincode,district,state,latitude,longitude
        403001,North Goa,Goa,15.5,73.8
        40300,North Goa,Goa,15.5,73.8
        403002,North Goa,Gondor,15.5,east
        403001,North Goa,Goa,15.5,73.8
        """);
  }
}
