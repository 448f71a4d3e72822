package com.segumento.model;

import java.util.OptionalLong;

/**
 * Which state of a client's tables a release is made from. Maker and checker of a release read the
 * same one.
 *
 * @param traits none where the client has no trait table
 */
public record SourceVersions(long memberships, long profiles, OptionalLong traits) {}
