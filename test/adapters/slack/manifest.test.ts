import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { botScopes, eventScopes, methodScopes } from "../../../adapters/slack/access.ts";
import { slashCommands } from "../../../adapters/slack/help.ts";
import { openNewsroom } from "../../../src/open-newsroom.ts";
import { createTestRuntime } from "../../support/runtime.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "adapters", "slack");
const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const code = readdirSync(folder)
  .filter((name) => name.endsWith(".ts") && name !== "access.ts")
  .map((name) => readFileSync(join(folder, name), "utf8"))
  .join("\n");

const data = mkdtempSync(join(tmpdir(), "dateline-manifest-"));
const opened = await openNewsroom(data, { runtime: createTestRuntime(), publicUrl: null });
const { commands } = opened.newsroom;
afterAll(async () => {
  await opened.close();
  rmSync(data, { recursive: true });
});

describe("the app manifest", () => {
  it("registers the commands of the core's table, and the one for all of them", () => {
    const registered = manifest.features.slash_commands.map(({ command }: { command: string }) => command);
    expect(registered).toEqual([...slashCommands(commands).map(({ name }) => `/${name}`), "/dateline"]);
  });

  it("describes each command as the core does", () => {
    const described = Object.fromEntries(
      manifest.features.slash_commands.map((one: { command: string; description: string }) => [
        one.command,
        one.description,
      ]),
    );
    for (const { name, help } of slashCommands(commands)) expect(described[`/${name}`]).toBe(help);
  });

  it("asks for the scopes that the methods and events need, and no other", () => {
    expect(manifest.oauth_config.scopes).toEqual({ bot: botScopes });
  });

  it("subscribes to the events that are listened for, and no other", () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(Object.keys(eventScopes));
    const heard = new Set(Object.keys(eventScopes).map((name) => name.split(".")[0]!));
    const listened = [...code.matchAll(/app\.event\("([^"]+)"/g)].map((match) => match[1]!);
    const byAssistant = ["assistant_thread_context_changed", "assistant_thread_started"];
    expect(new Set([...listened, ...byAssistant])).toEqual(heard);
  });

  it("has no shortcut, because none is listened for, and switches on what buttons and the panel need", () => {
    expect(code).not.toMatch(/app\.(?:shortcut|view|options)\(/);
    expect(manifest.features.shortcuts).toBeUndefined();
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
    expect(manifest.features.assistant_view).toBeDefined();
    expect(manifest.features.app_home).toMatchObject({ home_tab_enabled: true, messages_tab_enabled: true });
  });

  it("keeps to Slack's lengths", () => {
    const { name, description, long_description } = manifest.display_information;
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    expect(long_description.length).toBeGreaterThanOrEqual(174);
    expect(long_description.length).toBeLessThanOrEqual(4_000);
    expect(manifest.features.assistant_view.assistant_description.length).toBeLessThanOrEqual(300);
    for (const { description: help, usage_hint = "" } of manifest.features.slash_commands) {
      expect(help.length).toBeLessThanOrEqual(2_000);
      expect(usage_hint.length).toBeLessThanOrEqual(1_000);
    }
  });

  it("works in socket mode as it stands", () => {
    expect(manifest.settings.socket_mode_enabled).toBe(true);
  });
});

describe("the table of methods", () => {
  it("names every Web API method that the code calls, and no other", () => {
    const groups = "auth|chat|conversations|views|assistant\\.threads|users|reactions";
    const called = [...code.matchAll(new RegExp(`\\b(?:client|web)\\.((?:${groups})\\.\\w+)\\(`, "g"))].map(
      (match) => match[1]!,
    );
    expect(new Set(called)).toEqual(new Set(Object.keys(methodScopes)));
  });
});
