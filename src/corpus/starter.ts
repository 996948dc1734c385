/** The starter corpus: what answers while nothing else has been ingested. */
import { fileURLToPath } from "node:url";

/** The collection that the starter corpus is in. */
export const starterCollection = "starter";

/** The folder of its documents. */
export const starterFolder = fileURLToPath(new URL("../../seeds", import.meta.url));
