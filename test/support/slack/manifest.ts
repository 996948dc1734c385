/** Sets the double up as an app manifest says, so that a test fails where the manifest grants too little. */
import type { SlackDoubleOptions } from "./index.ts";

interface Manifest {
  readonly features?: {
    readonly app_home?: { readonly home_tab_enabled?: boolean; readonly messages_tab_enabled?: boolean };
    readonly assistant_view?: object;
    readonly agent_view?: object;
    readonly slash_commands?: readonly { readonly command: string }[];
    readonly shortcuts?: readonly { readonly type: string; readonly callback_id: string }[];
  };
  readonly oauth_config?: { readonly scopes?: { readonly bot?: readonly string[] } };
  readonly settings?: { readonly event_subscriptions?: { readonly bot_events?: readonly string[] } };
}

/** The options that follow from `adapters/slack/manifest.json` or one like it. */
export function fromManifest(manifest: unknown): SlackDoubleOptions {
  const { features = {}, oauth_config, settings } = manifest as Manifest;
  return {
    scopes: oauth_config?.scopes?.bot ?? [],
    events: settings?.event_subscriptions?.bot_events ?? [],
    commands: (features.slash_commands ?? []).map(({ command }) => command),
    shortcuts: (features.shortcuts ?? []).map(({ callback_id }) => callback_id),
    features: {
      homeTab: features.app_home?.home_tab_enabled ?? false,
      messagesTab: features.app_home?.messages_tab_enabled ?? false,
      assistant: features.assistant_view !== undefined || features.agent_view !== undefined,
    },
  };
}
