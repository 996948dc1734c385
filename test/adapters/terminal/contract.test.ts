import type { Newsroom, Place } from "../../../src/ports.ts";
import { type AdapterHarness, describeAdapter, type Shown } from "../../contracts/adapter.ts";
import { sitDown } from "../../support/typist.ts";

function shownOf(text: string): Shown {
  return {
    text,
    marks: [...text.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1])),
    links: [...text.matchAll(/^ +(https?:\/\/\S+)$/gm)].map((match) => match[1]!),
    hazards: text.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g) ?? [],
    overLimit: null,
  };
}

async function open(newsroom: Newsroom): Promise<AdapterHarness> {
  let arrive: () => void = () => {};
  let place: Place | null = null;
  const watched: Newsroom = {
    ...newsroom,
    ask: (inquiry, signal) => {
      place = inquiry.place;
      arrive();
      return newsroom.ask(inquiry, signal);
    },
  };
  const typist = await sitDown(watched);
  const typed = async (line: string): Promise<readonly Shown[]> => [shownOf(await typist.type(line))];
  const ownPlace = (): Place => ({
    adapter: "terminal",
    workspace: null,
    channel: null,
    thread: place?.thread ?? "00000000-0000-4000-8000-000000000001",
  });
  return {
    adapter: typist.adapter,
    async ask(text) {
      if (place) await typist.type("/new");
      return typed(text.replaceAll(/[\r\n]+/g, " "));
    },
    followUp: typed,
    command: (name) => typed(`/${name}`),
    say(text) {
      const { promise, resolve } = Promise.withResolvers<void>();
      arrive = resolve;
      typist.dash(text);
      return promise;
    },
    async deliverOwnMessage(text) {
      await typed("/help");
      await typist.adapter.post(
        ownPlace(),
        {
          blocks: [{ kind: "paragraph", content: [{ kind: "text", text: `${text}\n` }] }],
          sources: [],
          actions: [],
        },
        { id: "own", triedSince: null },
      );
      await typed("/help");
    },
    shown: () => typist.printed().map(shownOf),
    place: ownPlace,
    close: async () => typist.hangUp(),
  };
}

describeAdapter("terminal", open);
