package com.segumento.generate;

import java.time.LocalDate;

/**
 * A drop that lies complete in the landing zone.
 *
 * @param dropId its id in the manifest
 * @param dataset of the client's contract
 * @param date the {@code dt} it lies under
 * @param files data files
 * @param rows of all files
 */
public record GeneratedDrop(String dropId, String dataset, LocalDate date, int files, long rows) {}
