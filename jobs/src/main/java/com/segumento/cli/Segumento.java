package com.segumento.cli;

/** Entry point of the jar. */
public final class Segumento {
  private Segumento() {}

  public static void main(String[] arguments) {
    System.exit(0);
  }
}
