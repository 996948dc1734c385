/** `doctor`: looks over Node, settings, data folder, index and platforms; each problem comes with its cure. */
import { access, constants, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { NewsroomError, sentenceFor } from "../errors.ts";
import { type OpenNewsroom, snapshotFile } from "../open-newsroom.ts";
import { counted } from "../reply/counted.ts";
import { inertJson, inertLine } from "../reply/inert.ts";
import { checkData } from "../store/open.ts";
import { exitCodes } from "./exit-codes.ts";
import { answeringCollections, dataFolder, openFor, type Work } from "./opening.ts";
import { printingTo } from "./printing.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly state: "ok" | "problem";
  readonly subject: string;
  /** What is so; for a problem also what to do. */
  readonly detail: string;
}

const leastNode = 24;

const ok = (subject: string, detail: string): Finding => ({ state: "ok", subject, detail });
const problem = (subject: string, detail: string): Finding => ({ state: "problem", subject, detail });

/** The running Node; the one that `npm ci` brings is new enough. */
export function checkNode(version: string): Finding {
  if (Number(version.split(".")[0]) >= leastNode) return ok("node", version);
  return problem("node", `${version} is too old. Run “npm ci”, then start with “npm start”, which uses the right one.`);
}

/** Each platform: on, or what it needs. Being off is no problem; being half configured is. */
export function checkPlatforms({ surroundings, config }: Pick<Work, "surroundings" | "config">): readonly Finding[] {
  return surroundings.platforms.map((platform) => {
    const missing = platform.missing(config);
    if (missing.length === 0) return ok(platform.name, "configured");
    if (!platform.begun(config)) return ok(platform.name, `off; to switch it on, set ${missing.join(" and ")}`);
    return problem(platform.name, `half configured. Set ${missing.join(" and ")} as well, or none of its options.`);
  });
}

/** The folder itself, or the nearest one above it that is there. */
async function nearestFolder(folder: string): Promise<string> {
  const there = await stat(folder).catch(() => null);
  return there || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

/** A data folder with nothing in it yet. */
async function checkUnused(folder: string): Promise<Finding> {
  const nearest = await nearestFolder(resolve(folder));
  const fault = await access(nearest, constants.W_OK).catch((error: unknown) => error);
  if (!fault)
    return ok("data", `${folder} holds nothing yet; it is made when it is needed, and the starter corpus answers`);
  return problem(
    "data",
    `${nearest} cannot be written. Give this user write permission, or name another folder with --data.`,
  );
}

/** The file that lets the index start fast; without one it is built from the documents. */
async function snapshotWords(folder: string): Promise<string> {
  const snapshot = await stat(join(folder, snapshotFile)).catch(() => null);
  return snapshot ? `index snapshot of ${(snapshot.size / 2 ** 20).toFixed(1)} MB` : "no index snapshot yet";
}

/** That a feed fails is its site's fault and not the installation's. */
async function checkFeeds({ feeds: { keeper } }: OpenNewsroom): Promise<readonly Finding[]> {
  const feeds = await keeper.list(null);
  if (feeds.length === 0) return [];
  const count = (state: string) => feeds.filter((feed) => feed.state === state).length;
  return [
    ok(
      "feeds",
      `${counted(feeds.length, "feed")}, ${count("failing")} failing, ${count("paused")} paused; “feeds” lists them`,
    ),
  ];
}

const weekMs = 7 * 86_400_000;
const deliveriesLooked = 1_000;

/** Channels that get a digest, what of the last week may not have reached them, and those whose platform is off. */
async function checkDigests({ surroundings, config }: Work, { store }: OpenNewsroom): Promise<readonly Finding[]> {
  const subscriptions = await store.subscriptions();
  if (subscriptions.length === 0) return [];
  const paused = subscriptions.filter((one) => one.paused).length;
  const since = surroundings.runtime.now() - weekMs;
  const amiss = (await store.deliveries(null, deliveriesLooked)).filter(
    ({ state, dueAt }) => dueAt > since && (state === "uncertain" || state === "failed"),
  );
  const on = surroundings.platforms.filter((platform) => platform.missing(config).length === 0);
  const wanted = new Set(subscriptions.filter((one) => !one.paused).map(({ place }) => place.adapter));
  const off = [...wanted].filter((name) => on.every((platform) => platform.name !== name));
  return [
    ok("digests", `in ${counted(subscriptions.length, "channel")}, ${paused} paused; “digest list” lists them`),
    ...amiss.map(({ id, state, sentence }) => problem("digests", `${id} is ${state}. ${sentence ?? ""}`.trim())),
    ...off.map((name) => problem("digests", `channels of ${name} wait for theirs, but ${name} is not configured`)),
  ];
}

async function checkCorpus(work: Work): Promise<readonly Finding[]> {
  const { runtime } = work.surroundings;
  const from = runtime.monotonic();
  const opened = await openFor(work);
  try {
    const collections = await answeringCollections(opened);
    const { searched } = await opened.search.search([], { collections }, 1);
    const snapshot = await snapshotWords(dataFolder(work));
    const took = `ready in ${((runtime.monotonic() - from) / 1000).toFixed(1)} s`;
    const held = `${counted(searched.documents, "document")}, ${counted(searched.passages, "passage")}`;
    return [
      ok("corpus", `${held}, in ${collections.join(", ")}; ${snapshot}, ${took}`),
      ...(await checkFeeds(opened)),
      ...(await checkDigests(work, opened)),
    ];
  } finally {
    await opened.close();
  }
}

async function checkDataFolder(work: Work): Promise<readonly Finding[]> {
  const folder = dataFolder(work);
  try {
    const faults = await checkData(folder, { runtime: work.surroundings.runtime });
    if (faults === null) return [await checkUnused(folder)];
    if (faults.length > 0) return faults.map((fault) => problem("data", `${fault} Restore ${folder} from a backup.`));
    return [ok("data", `${folder} is sound`), ...(await checkCorpus(work))];
  } catch (error) {
    if (!(error instanceof NewsroomError)) work.logger.error("the data folder could not be looked over", { error });
    return [problem("data", sentenceFor(error))];
  }
}

/** Prints a line a finding; resolves with 1 when one of them is a problem. */
export async function printFindings(
  work: Pick<Work, "surroundings" | "invocation">,
  findings: readonly Finding[],
): Promise<number> {
  const print = printingTo(work.surroundings);
  for (const finding of findings) {
    const { state, subject, detail } = finding;
    const line = work.invocation.json ? inertJson(finding) : inertLine(`${state}: ${subject}: ${detail}`);
    await print(`${line}\n`);
  }
  return findings.some(({ state }) => state === "problem") ? exitCodes.failure : exitCodes.done;
}

/** Runs `doctor`. It makes nothing; a data folder of an earlier version is brought up to this one, as on every start. */
export async function runDoctor(work: Work): Promise<number> {
  const findings = [
    checkNode(work.surroundings.nodeVersion),
    ok("settings", "understood"),
    ...(await checkDataFolder(work)),
    ...checkPlatforms(work),
  ];
  return printFindings(work, findings);
}
