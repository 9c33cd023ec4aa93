package io.github.rtmjava.server.poses;

/**
 * A picture file that a request brings.
 *
 * @param name that it gives the file, without folders
 * @param data the bytes of the file
 */
record Upload(String name, byte[] data) {}
