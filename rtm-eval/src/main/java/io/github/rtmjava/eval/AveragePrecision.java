package io.github.rtmjava.eval;

/**
 * COCO's figures for keypoints, each 0 to 1, or −1 where there is nobody to be found.
 *
 * @param ap average precision, mean over OKS thresholds 0.50, 0.55 … 0.95
 * @param ap50 at OKS 0.50
 * @param ap75 at OKS 0.75
 * @param apMedium of people of 32² to 96² square pixels
 * @param apLarge of people of more than 96² square pixels
 * @param ar average recall, mean over the same thresholds
 * @param ar50 at OKS 0.50
 * @param ar75 at OKS 0.75
 * @param arMedium of people of 32² to 96² square pixels
 * @param arLarge of people of more than 96² square pixels
 */
public record AveragePrecision(
    double ap,
    double ap50,
    double ap75,
    double apMedium,
    double apLarge,
    double ar,
    double ar50,
    double ar75,
    double arMedium,
    double arLarge) {}
