/** What Slack accepts: lengths in UTF-16 units, counts in pieces. None of it is in the types of @slack/types. */

/** https://docs.slack.dev/reference/block-kit/blocks and …/methods/chat.postMessage, but where another source is named. */
export const limits = {
  /** Blocks a message. */
  blocks: 50,
  /**
   * The texts of a message's blocks together, with so much for each container. Slack gives no figure; it refuses near
   * 12,000 to 13,000, and counts its containers in a way of its own (bolt-js#2509, #2867).
   */
  message: 8_000,
  container: 10,
  /** One text object, and one text element of a rich text; Slack gives no figure for the latter. */
  text: 3_000,
  /** Elements of a context block. */
  contextElements: 10,
  /** A label of ours in such an element, and an address that it may link. */
  label: 200,
  contextUrl: 400,
  /** A button's text and a button's value. */
  buttonText: 75,
  buttonValue: 2_000,
  /** Posts through one response_url, and for how long it lives. */
  responses: 5,
  responseMs: 30 * 60_000,
  /** Suggested prompts in the assistant panel, and the length of a title and of a status. */
  prompts: 4,
  threadTitle: 200,
  /** Blocks a Home tab. */
  homeBlocks: 100,
} as const;
