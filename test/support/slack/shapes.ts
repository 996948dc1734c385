/** What may stand in a payload, named once, so that the schema can be generated from Slack's own types. */
import type { AnyChunk, HomeView, KnownBlock, MessageAttachment, MessageMetadata, ModalView } from "@slack/types";

/** One member per thing that Slack validates; `schema.json` is generated from this. */
export interface SlackShapes {
  readonly blocks: KnownBlock[];
  readonly attachments: MessageAttachment[];
  readonly metadata: MessageMetadata;
  readonly view: HomeView | ModalView;
  readonly chunks: AnyChunk[];
}
