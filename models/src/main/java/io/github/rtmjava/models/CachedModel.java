package io.github.rtmjava.models;

/**
 * A model in the cache, as its record beside the bundle says.
 *
 * @param name the model's name
 * @param file the checkpoint file that it was made of
 * @param url where that came from; {@code file} if it was brought by hand
 * @param bytes size of that file
 * @param sha256 SHA-256 of that file
 * @param verified whether the SHA-256 was compared with a published one
 * @param date when it came, as in ISO 8601
 * @param bundleSha256 SHA-256 of the bundle
 */
public record CachedModel(
    String name,
    String file,
    String url,
    long bytes,
    String sha256,
    boolean verified,
    String date,
    String bundleSha256) {

  CachedModel withBundle(String bundleSha256) {
    return new CachedModel(name, file, url, bytes, sha256, verified, date, bundleSha256);
  }
}
