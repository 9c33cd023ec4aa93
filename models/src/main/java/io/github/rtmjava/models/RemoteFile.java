package io.github.rtmjava.models;

import java.net.URI;
import java.util.List;

/**
 * A file to be downloaded.
 *
 * @param name its name in the folder
 * @param urls where it is, in the order in which they are tried
 * @param checksum what it has to be
 * @param maxBytes more than this is refused
 */
record RemoteFile(String name, List<URI> urls, Checksum checksum, long maxBytes) {}
