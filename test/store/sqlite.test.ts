import { openSqliteStore } from "../../src/store/sqlite.ts";
import { storeContract } from "../contracts/store.ts";

storeContract("sqlite", (runtime) => openSqliteStore({ path: ":memory:", runtime }));
