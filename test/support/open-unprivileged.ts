/** Opens the data folder that is named as a user for whom file modes hold, and prints the error as JSON. */
import { NewsroomError } from "../../src/errors.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { openData } from "../../src/store/open.ts";

const nobody = 65534;

if (process.getuid?.() === 0) {
  process.setgroups?.([]);
  process.setgid?.(nobody);
  process.setuid?.(nobody);
}
try {
  await (await openData(process.argv[2]!, { runtime: systemRuntime })).close();
  console.log(JSON.stringify({ code: "opened" }));
} catch (error) {
  if (!(error instanceof NewsroomError)) throw error;
  console.log(JSON.stringify({ code: error.code, message: error.message }));
}
