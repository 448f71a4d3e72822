package com.segumento.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** What a report carries besides its figures: style, script and the chart library. */
final class ReportAssets {
  private static final Pattern LIBRARY =
      Pattern.compile("META-INF/resources/webjars/echarts/[^/]+/dist/echarts\\.min\\.js");

  /** A file that only the library's own jar has. */
  private static final String LIBRARY_JAR = "META-INF/maven/org.webjars.npm/echarts/pom.properties";

  private ReportAssets() {}

  static String style() {
    return own("report.css");
  }

  static String script() {
    return own("report.js");
  }

  /** Apache ECharts, of whatever version is in the jar this class is in, or in its own. */
  static String library() {
    try {
      for (URL jar : jars()) {
        JarURLConnection connection = (JarURLConnection) jar.openConnection();
        connection.setUseCaches(false);
        try (JarFile file = connection.getJarFile()) {
          for (JarEntry entry : Collections.list(file.entries())) {
            if (LIBRARY.matcher(entry.getName()).matches()) {
              return read(file.getInputStream(entry));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("The chart library is not on the class path.");
  }

  private static List<URL> jars() throws MalformedURLException {
    List<URL> jars = new ArrayList<>();
    URL own = ReportAssets.class.getProtectionDomain().getCodeSource().getLocation();
    if (own.getPath().endsWith(".jar")) {
      jars.add(new URL("jar:" + own + "!/"));
    }
    URL library = ReportAssets.class.getClassLoader().getResource(LIBRARY_JAR);
    if (library != null) {
      jars.add(library);
    }
    return jars;
  }

  private static String own(String name) {
    try {
      InputStream found = ReportAssets.class.getResourceAsStream(name);
      if (found == null) {
        throw new IllegalStateException(name + " is not in the jar.");
      }
      return read(found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(InputStream in) throws IOException {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
