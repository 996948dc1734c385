/** What was said: answers, the contexts of threads, verdicts, permissions, and what adapters remember. */
import type { Answer, Context } from "../answer/answer.ts";
import type { AdapterState } from "../ports.ts";
import type { Runtime } from "../runtime.ts";
import type { Connection } from "./connection.ts";
import type { ConversationStore, PermissionStore } from "./store.ts";

type Conversations = ConversationStore & PermissionStore & { adapterState(namespace: string): AdapterState };

/** The store without its documents. */
export function createConversations(connection: Connection, runtime: Runtime): Conversations {
  return {
    ...createAnswers(connection),
    ...createPermissions(connection),
    adapterState: createAdapterStates(connection, runtime),
  };
}

function createAnswers({ database, read, write }: Connection): ConversationStore {
  const putAnswer = database.prepare("INSERT OR REPLACE INTO answers (id, answer, context) VALUES (?, ?, ?)");
  const putAnswerDocument = database.prepare("INSERT OR IGNORE INTO answer_documents (document, answer) VALUES (?, ?)");
  const getAnswer = database.prepare("SELECT answer, context FROM answers WHERE id = ?");
  const putContext = database.prepare("INSERT OR REPLACE INTO contexts (key, context) VALUES (?, ?)");
  const getContext = database.prepare("SELECT context FROM contexts WHERE key = ?");
  const putFeedback = database.prepare(
    "INSERT OR REPLACE INTO feedback (answer, asker, verdict, at) VALUES (?, ?, ?, ?)",
  );
  return {
    saveAnswer: (answer, context, thread) =>
      write(() => {
        if (thread !== null) putContext.run(thread, JSON.stringify(context));
        putAnswer.run(answer.id, JSON.stringify(answer), JSON.stringify(context));
        for (const { document } of [...answer.citations, ...answer.nearest]) putAnswerDocument.run(document, answer.id);
      }),
    answer: (id) =>
      read(() => {
        const row = getAnswer.get(id) as { answer: string; context: string } | undefined;
        if (!row) return null;
        return { answer: JSON.parse(row.answer) as Answer, context: JSON.parse(row.context) as Context };
      }),
    context: (key) =>
      read(() => {
        const row = getContext.get(key) as { context: string } | undefined;
        return row ? (JSON.parse(row.context) as Context) : null;
      }),
    saveFeedback: ({ answerId, asker, verdict }, at) =>
      write(() => void putFeedback.run(answerId, asker ?? "", verdict, at)),
  };
}

/** A workspace as a whole is kept under the channel "". */
function createPermissions({ database, read, write }: Connection): PermissionStore {
  const get = database.prepare(
    "SELECT collections FROM permissions WHERE adapter = ? AND workspace = ? AND channel = ?",
  );
  const list = database.prepare(
    "SELECT adapter, workspace, channel, collections FROM permissions ORDER BY adapter, workspace, channel",
  );
  const put = database.prepare(
    "INSERT OR REPLACE INTO permissions (adapter, workspace, channel, collections) VALUES (?, ?, ?, ?)",
  );
  return {
    permissions: () =>
      read(() =>
        list.all().map((row) => ({
          adapter: String(row.adapter),
          workspace: String(row.workspace),
          channel: row.channel === "" ? null : String(row.channel),
          collections: JSON.parse(String(row.collections)) as string[],
        })),
      ),
    allowed: (adapter, workspace, channel) =>
      read(() => {
        const row = get.get(adapter, workspace, channel ?? "") as { collections: string } | undefined;
        return row ? (JSON.parse(row.collections) as string[]) : null;
      }),
    allow: (adapter, workspace, channel, collections) =>
      write(() => void put.run(adapter, workspace, channel ?? "", JSON.stringify(collections))),
  };
}

function createAdapterStates({ database, read, write }: Connection, runtime: Runtime) {
  const sweep = database.prepare("DELETE FROM adapter_state WHERE expires <= ?");
  const put = database.prepare(
    "INSERT OR IGNORE INTO adapter_state (namespace, key, value, expires) VALUES (?, ?, ?, ?)",
  );
  const get = database.prepare("SELECT value FROM adapter_state WHERE namespace = ? AND key = ? AND expires > ?");
  const remove = database.prepare("DELETE FROM adapter_state WHERE namespace = ? AND key = ?");
  return (namespace: string): AdapterState => ({
    putOnce: (key, value, ttlMs) =>
      write(() => {
        const now = runtime.now();
        sweep.run(now);
        return put.run(namespace, key, value, Math.ceil(now + ttlMs)).changes === 1;
      }),
    get: (key) =>
      read(() => {
        const row = get.get(namespace, key, runtime.now()) as { value: string } | undefined;
        return row?.value ?? null;
      }),
    remove: (key) => write(() => void remove.run(namespace, key)),
  });
}
