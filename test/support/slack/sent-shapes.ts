/** What Slack's own types say of the payloads that an app is sent: the double's are held against it. */
import type {
  BlockAction,
  ButtonAction,
  EnvelopedEvent,
  FeedbackButtonsAction,
  MessageShortcut,
  SlashCommand,
  ViewSubmitAction,
} from "@slack/bolt";
import type {
  AppHomeOpenedEvent,
  AppMentionEvent,
  AppUninstalledEvent,
  AssistantThreadStartedEvent,
  BotMessageEvent,
  ChannelJoinMessageEvent,
  GenericMessageEvent,
  MessageChangedEvent,
  MessageDeletedEvent,
  ThreadBroadcastMessageEvent,
  TokensRevokedEvent,
} from "@slack/types";

/** Inside another event a message does not repeat where it stands, whatever @slack/types says: docs.slack.dev shows it so. */
type Inner<Event> = Omit<Event, "channel" | "channel_type" | "event_ts">;

interface Root extends Inner<GenericMessageEvent> {
  readonly thread_ts: string;
  readonly reply_count: number;
  readonly reply_users_count: number;
  readonly reply_users: readonly string[];
  readonly latest_reply: string;
}

/** One member per kind of payload. */
export interface SentShapes {
  readonly envelope: EnvelopedEvent;
  readonly app_home_opened: AppHomeOpenedEvent;
  readonly app_mention: AppMentionEvent;
  readonly app_uninstalled: AppUninstalledEvent;
  readonly tokens_revoked: TokensRevokedEvent;
  readonly assistant_thread_started: AssistantThreadStartedEvent;
  readonly message: GenericMessageEvent;
  readonly bot_message: BotMessageEvent;
  /** The inviter is named only where there is one. */
  readonly channel_join: Omit<ChannelJoinMessageEvent, "inviter"> & { readonly inviter?: string };
  readonly thread_broadcast: Omit<ThreadBroadcastMessageEvent, "root"> & { readonly root: Root };
  readonly message_changed: Omit<MessageChangedEvent, "message" | "previous_message"> & {
    readonly message: Inner<GenericMessageEvent>;
    readonly previous_message: Inner<GenericMessageEvent>;
  };
  readonly message_deleted: Omit<MessageDeletedEvent, "previous_message"> & {
    readonly previous_message: Inner<GenericMessageEvent>;
  };
  readonly button: BlockAction<ButtonAction>;
  readonly feedback_buttons: BlockAction<FeedbackButtonsAction>;
  readonly message_action: MessageShortcut;
  readonly view_submission: ViewSubmitAction;
  readonly slash_command: SlashCommand;
}
