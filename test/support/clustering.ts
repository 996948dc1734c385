/** Runs the digest's clustering, and the one to be better than, over labelled items, and scores both. */
import { clusterReports } from "../../src/digest/clusters.ts";
import { createTermReader } from "../../src/digest/terms.ts";
import { type BCubed, bCubed } from "./bcubed.ts";
import type { LabelledItem } from "./labelled-items.ts";
import { singlePass } from "./single-pass.ts";

/** The cluster of each of `items`, in their order. */
export async function clustered(items: readonly LabelledItem[]): Promise<readonly number[]> {
  const reader = createTermReader();
  const reports = items.map(({ title, text, published, outlet }) => ({
    terms: reader.read(title, text, outlet.endsWith("Zeitung") || outlet === "Morgenblatt" ? "de" : "en"),
    at: Date.parse(published),
    outlet,
  }));
  const found: number[] = [];
  for (const [cluster, group] of (await clusterReports(reports, reader)).entries())
    for (const at of group) found[at] = cluster;
  return found;
}

export interface Comparison {
  readonly items: number;
  readonly stories: number;
  readonly ours: BCubed;
  /** Single-pass TF-IDF cosine at the threshold that is best for it on these very items. */
  readonly baseline: BCubed & { readonly threshold: number };
}

/** Scores both on the same items. */
export async function compare(items: readonly LabelledItem[]): Promise<Comparison> {
  const labels = items.map(({ story }) => story);
  const thresholds = Array.from({ length: 60 }, (_, i) => (i + 1) / 100);
  const [first, ...others] = singlePass(items, thresholds).map((clusters, i) => ({
    ...bCubed(labels, clusters),
    threshold: thresholds[i]!,
  }));
  const baseline = others.reduce((best, one) => (one.f1 > best.f1 ? one : best), first!);
  return { items: items.length, stories: new Set(labels).size, ours: bCubed(labels, await clustered(items)), baseline };
}
