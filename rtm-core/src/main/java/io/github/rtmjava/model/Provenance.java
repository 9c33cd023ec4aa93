package io.github.rtmjava.model;

/**
 * Where a model's weights come from.
 *
 * @param source name of the file that was converted
 * @param sha256 its SHA-256 in lower-case hexadecimal
 * @param converter name and version of the program that converted it
 * @param licence SPDX expression of the weights' licence, or {@code unknown}
 */
public record Provenance(String source, String sha256, String converter, String licence) {}
