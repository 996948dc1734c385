/** What a bot may send, named once, so that the schema can be generated from Discord's own types. */
import type {
  APIApplicationCommandOption,
  APIMessageReference,
  ApplicationCommandType,
  ApplicationIntegrationType,
  GatewayIdentifyData,
  GatewayResumeData,
  GatewayUpdatePresence,
  InteractionContextType,
  LocalizationMap,
  RESTPatchAPIChannelJSONBody,
  RESTPatchAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
  RESTPostAPIChannelThreadsJSONBody,
  RESTPostAPICurrentUserCreateDMChannelJSONBody,
  RESTPostAPIInteractionCallbackJSONBody,
  RESTPostAPIInteractionFollowupJSONBody,
} from "discord-api-types/v10";

// The types of references and commands are made by mapping others, which the generator does not follow: they stand here
// as Discord documents them, of the same parts.

interface Reference extends Partial<APIMessageReference> {
  readonly fail_if_not_exists?: boolean;
}

interface GuildCommand {
  readonly name: string;
  readonly name_localizations?: LocalizationMap | null;
  readonly default_member_permissions?: string | null;
  readonly nsfw?: boolean;
}

interface GlobalCommand extends GuildCommand {
  readonly integration_types?: ApplicationIntegrationType[];
  readonly contexts?: InteractionContextType[] | null;
}

interface Slash {
  readonly type?: ApplicationCommandType.ChatInput;
  readonly description: string;
  readonly description_localizations?: LocalizationMap | null;
  readonly options?: APIApplicationCommandOption[];
}

interface Menu {
  readonly type: ApplicationCommandType.Message | ApplicationCommandType.User;
}

/** One member per kind of body; `test/fixtures/discord/schema.json` is generated from this. */
export interface DiscordShapes {
  readonly message: Omit<RESTPostAPIChannelMessageJSONBody, "message_reference"> & {
    readonly message_reference?: Reference;
  };
  readonly messageEdit: RESTPatchAPIChannelMessageJSONBody;
  readonly callback: RESTPostAPIInteractionCallbackJSONBody;
  readonly followup: RESTPostAPIInteractionFollowupJSONBody;
  /** Of a response or a follow-up; the type of its own maps arrays into objects, so this one stands in. */
  readonly followupEdit: RESTPatchAPIChannelMessageJSONBody;
  /** Of a message too: discord.js names the type there as well, and Discord ignores it. */
  readonly thread: RESTPostAPIChannelThreadsJSONBody;
  readonly threadEdit: Pick<
    RESTPatchAPIChannelJSONBody,
    "name" | "archived" | "locked" | "auto_archive_duration" | "rate_limit_per_user"
  >;
  readonly direct: RESTPostAPICurrentUserCreateDMChannelJSONBody;
  readonly slash: GlobalCommand & Slash;
  readonly menu: GlobalCommand & Menu;
  readonly guildSlash: GuildCommand & Slash;
  readonly guildMenu: GuildCommand & Menu;
  readonly identify: GatewayIdentifyData;
  readonly resume: GatewayResumeData;
  readonly presence: GatewayUpdatePresence["d"];
}
