package com.segumento.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium, where one is installed. */
public final class Chromium {
  private static final Optional<Path> BINARY =
      Stream.of(System.getenv("PATH").split(":"))
          .flatMap(
              folder ->
                  Stream.of("chromium", "chromium-browser", "google-chrome")
                      .map(name -> Path.of(folder, name)))
          .filter(Files::isExecutable)
          .findFirst();

  private Chromium() {}

  public static boolean isInstalled() {
    return BINARY.isPresent();
  }

  /** The document of {@code page} after its scripts ran. */
  public static String dom(Path page) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(page.getParent(), "chromium");
    Path out = page.resolveSibling(page.getFileName() + ".dom");
    Process process =
        new ProcessBuilder(
                List.of(
                    BINARY.orElseThrow().toString(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--user-data-dir=" + profile,
                    "--virtual-time-budget=5000",
                    "--window-size=1200,3000",
                    "--dump-dom",
                    page.toUri().toString()))
            .redirectOutput(out.toFile())
            .redirectError(page.resolveSibling("chromium.log").toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IOException("Chromium did not end.");
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
