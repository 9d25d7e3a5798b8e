// The story that every client goes through, told as JSON lines: {client, version, transport, era,
// negotiated, step, ok, detail}. The run to do comes as JSON in the first argument.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const REGISTRY = "s3://quilt-sample";
const PACKAGE = "demo/revisions";
const PROMPT = "check_package";
const ON_QUILT = ["open", "tools", "resources", "resource", "browse", "read", "prompts"];
const ON_FIXTURES = ["progress", "cancel", "elicitation"];
const ANSWERS = { name: "Ada", username: "ada", email: "ada@example.org" };
const STEP_MS = 20_000;

/** What a person would fill in: every field that the form has. */
export function answersTo(schema) {
  return Object.fromEntries(Object.keys(schema.properties).map((name) => [name, ANSWERS[name]]));
}

/** The version of an installed package. */
export function versionOf(name) {
  const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).version;
}

/**
 * Does a run.
 *
 * connect(target, era, elicited) gives {client, negotiated(), call(tool, arguments, options)}; it
 * adds the message of every elicitation to `elicited`.
 */
export async function tell(version, connect) {
  const run = JSON.parse(process.argv[2]);
  let negotiated = null;
  const line = (step, error) => {
    const { client, transport, era } = run;
    const detail = error ? String(error.stack ?? error).slice(0, 2000) : "";
    const told = { client, version, transport, era, negotiated, step, ok: !error, detail };
    process.stdout.write(JSON.stringify(told) + "\n");
  };
  for (const [target, steps] of [[run.quilt, ON_QUILT], [run.fixtures, ON_FIXTURES]]) {
    const left = steps.filter((step) => run.steps.includes(step));
    try {
      const elicited = [];
      const connected = await within(connect(target, run.era, elicited));
      negotiated = connected.negotiated();
      while (left.length > 0) {
        const step = left.shift();
        await within(STEPS[step]({ ...connected, negotiated, elicited })).then(
          () => line(step),
          (error) => line(step, error));
      }
      await within(connected.client.close());
    } catch (error) {
      left.forEach((step) => line(step, error));
    }
  }
  process.exit(0);
}

function within(promise) {
  const abort = new AbortController();
  const late = pause(STEP_MS, null, { signal: abort.signal }).then(() => {
    throw new Error(`took longer than ${STEP_MS} ms`);
  });
  late.catch(() => {});
  return Promise.race([promise, late]).finally(() => abort.abort());
}

function check(holds, detail) {
  if (!holds) {
    throw new Error(JSON.stringify(detail));
  }
}

/** The fields of a result: structured, and the same once more as text. */
async function fields(call, tool, args) {
  const result = await call(tool, args);
  const text = JSON.parse(result.content[0].text);
  check(text.success && JSON.stringify(text) === JSON.stringify(result.structuredContent), result);
  return text;
}

async function browse({ call }) {
  const found = await fields(call, "package_browse", { registry: REGISTRY, package_name: PACKAGE });
  check(found.entries.length > 0 && found.total_entries === found.entries.length, found);
  return found.entries;
}

async function stateOf(call, label) {
  return (await call("test_wait_state", { label })).content[0].text;
}

const STEPS = {
  async open({ client }) {
    check(client.getServerVersion().name === "quilt-mcp-server", client.getServerVersion());
  },

  async tools({ client }) {
    const names = (await client.listTools()).tools.map((tool) => tool.name);
    check(String(names) === String([...names].sort()) && names.includes("package_browse"), names);
  },

  async resources({ client }) {
    const { resources } = await client.listResources();
    check(resources.length >= 2, resources);
  },

  async resource({ client }) {
    for (const { uri } of (await client.listResources()).resources) {
      const { contents } = await client.readResource({ uri });
      check(contents.length === 1 && JSON.parse(contents[0].text), contents);
    }
  },

  browse,

  async read({ call }) {
    const entry = (await browse({ call }))[0];
    const found = await fields(call, "bucket_object_text", { s3_uri: entry.s3_uri });
    check(Buffer.byteLength(found.text) === entry.size, [entry, found]);
  },

  async prompts({ client }) {
    const names = (await client.listPrompts()).prompts.map((prompt) => prompt.name);
    check(names.includes(PROMPT), names);
    const prompt = await client.getPrompt({
      name: PROMPT,
      arguments: { registry: REGISTRY, package_name: PACKAGE },
    });
    check(prompt.messages[0].content.text.includes(PACKAGE), prompt);
  },

  async progress({ call }) {
    const heard = [];
    const onprogress = ({ progress, total, message }) => heard.push([progress, total, message]);
    const result = await call("test_tool_with_progress", {}, { onprogress });
    check(!result.isError, result);
    const wanted = [0, 50, 100].map((done) => [done, 100, `${done} of 100`]);
    check(JSON.stringify(heard) === JSON.stringify(wanted), heard);
  },

  async cancel({ call }) {
    const label = randomUUID();
    const abort = new AbortController();
    let ended;
    await new Promise((running, broken) => {
      const options = { signal: abort.signal, onprogress: running };
      ended = call("test_wait", { label }, options).then(
        (result) => result,
        (error) => error);
      ended.then(broken);
    });
    check((await stateOf(call, label)) === "running", "it did not run");
    abort.abort("the user changed their mind");
    check((await ended) instanceof Error, await ended);
    const end = Date.now() + 10_000;
    for (let state = ""; state !== "cancelled"; state = await stateOf(call, label)) {
      check(Date.now() < end, `the server goes on: ${state}`);
      await pause(50);
    }
  },

  async elicitation({ call, negotiated, elicited }) {
    const [tool, args, beginning] =
      negotiated >= "2026-07-28"
        ? ["test_input_required_result_elicitation", {}, "Hello, Ada!"]
        : ["test_elicitation", { message: "Who are you?" }, "User response:"];
    const result = await call(tool, args);
    check(!result.isError && result.content[0].text.startsWith(beginning), result);
    check(elicited.length === 1, elicited);
  },
};
