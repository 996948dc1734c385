import { describe, expect, it } from "vitest";
import { personOf } from "../../../adapters/slack/people.ts";

describe("what somebody may do in a workspace", () => {
  it("is to manage for its admins and owners", () => {
    expect(personOf({ is_admin: true, tz: "Europe/Berlin" })).toEqual({
      standing: "manager",
      timeZone: "Europe/Berlin",
    });
    expect(personOf({ is_owner: true })).toEqual({ standing: "manager", timeZone: null });
  });

  it("is a member's for everybody else, but not for guests, strangers and bots", () => {
    expect(personOf({ is_admin: false, is_restricted: false })).toMatchObject({ standing: "member" });
    for (const guest of [
      { is_restricted: true },
      { is_ultra_restricted: true },
      { is_stranger: true },
      { is_bot: true },
    ])
      expect(personOf({ ...guest, is_admin: true })).toMatchObject({ standing: "guest" });
  });
});
