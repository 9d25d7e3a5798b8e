"use strict";
// What a page sends to the server with fetch, and all that the browser lets it see of the answers.
// Nothing is judged here: .ci/browser does that.

const BOTH = "application/json, text/event-stream";
const META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "page", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": {},
};
const CALL = {
  name: "package_browse",
  arguments: { registry: "s3://quilt-sample", package_name: "demo/revisions" },
};

let ids = 0;

/// The answer as the page sees it: headers are those that are exposed to it.
async function seen(url, init = {}) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(20_000), ...init });
    const headers = Object.fromEntries(answer.headers);
    return { type: answer.type, status: answer.status, headers, text: await answer.text() };
  } catch (error) {
    return { error: error.name };
  }
}

function posted(method, params, id) {
  return { method: "POST", body: JSON.stringify({ jsonrpc: "2.0", id, method, params }) };
}

/// The headers that the catalog sends with everything.
function catalogHeaders(more = {}) {
  return {
    "Content-Type": "application/json",
    Accept: BOTH,
    "Cache-Control": "no-cache",
    "mcp-protocol-version": "2024-11-05",
    ...more,
  };
}

/// Those that it adds for a user who is signed in.
function userHeaders(token) {
  return catalogHeaders({
    Authorization: `Bearer ${token}`,
    "mcp-session-id": `stateless-${Date.now()}`,
    "X-MCP-Debug": "true",
    "X-Quilt-User-Role": "ReadWriteQuiltV2-sales-prod",
    "x-quilt-role-arn": "arn:aws:iam::123456789012:role/ReadWriteQuiltV2-sales-prod",
    "x-quilt-current-role": "ReadWriteQuiltV2-sales-prod",
    "x-quilt-available-roles": JSON.stringify(["ReadWriteQuiltV2-sales-prod", "ReadOnlyQuilt"]),
  });
}

/// A token as the catalog makes it: signed in the page, with the key that its configuration holds.
async function signed(header, claims, secret) {
  const text = new TextEncoder();
  const part = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");
  const body = [header, claims].map((one) => part(text.encode(JSON.stringify(one)))).join(".");
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", text.encode(secret), hmac, false, ["sign"]);
  return `${body}.${part(await crypto.subtle.sign("HMAC", key, text.encode(body)))}`;
}

/// The flows of the catalog's assistant.
async function catalogFlows(base, tokens) {
  // Its own query for each, so that no answer comes from a cache and each has a preflight.
  const endpoint = () => `${base}/mcp/?t=${++ids}`;
  const asked = (headers, ...message) => seen(endpoint(), { headers, ...posted(...message) });
  const initialize = {
    protocolVersion: "2024-11-05",
    capabilities: { tools: {} },
    clientInfo: { name: "quilt-catalog", version: "1" },
  };
  return {
    initialize: await seen(`${base}/mcp/?t=1`, {
      headers: catalogHeaders(),
      ...posted("initialize", initialize, "init-session"),
    }),
    initialized: await asked(catalogHeaders(), "notifications/initialized", {}),
    list: await asked(userHeaders(tokens.valid), "tools/list", {}, "list-tools"),
    call: await asked(userHeaders(tokens.valid), "tools/call", CALL, `call-${CALL.name}`),
    expired: await asked(userHeaders(tokens.expired), "tools/call", CALL, `call-${CALL.name}`),
    health: await seen(`${base}/healthz`),
    mcpHealth: await seen(`${base}/mcp/healthz`),
    stream: await asked(
      { ...userHeaders(tokens.valid), Accept: "text/event-stream" }, "tools/list", {}, "list-tools"),
    forged: await asked(userHeaders(tokens.forged), "tools/list", {}, "list-tools"),
    withoutToken: await asked(catalogHeaders(), "tools/list", {}, "list-tools"),
    malformed: await seen(endpoint(), {
      method: "POST", headers: userHeaders(tokens.valid), body: "{",
    }),
    nowhere: await seen(`${base}/mcp/nowhere`),
  };
}

function modernHeaders(token, method, more = {}) {
  return {
    "Content-Type": "application/json",
    Accept: BOTH,
    "MCP-Protocol-Version": "2026-07-28",
    "Mcp-Method": method,
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    tracestate: "page=1",
    "X-Request-ID": `page-${method.replace("/", "-")}`,
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
    ...more,
  };
}

/// What clients of newer revisions do in a page.
async function modernFlows(base, tokens) {
  const url = `${base}/mcp`;
  const asked = (token, method, params, more) =>
    seen(url, {
      headers: modernHeaders(token, method, more),
      ...posted(method, { ...params, _meta: META }, ++ids),
    });
  const initialize = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "page", version: "1" } };
  return {
    discover: await asked(null, "server/discover", {}),
    list: await asked(tokens.valid, "tools/list", {}),
    call: await asked(tokens.valid, "tools/call", CALL, { "Mcp-Name": CALL.name }),
    listen: await heard(url, {
      headers: modernHeaders(tokens.valid, "subscriptions/listen"),
      ...posted("subscriptions/listen", { notifications: { toolsListChanged: true }, _meta: META }, ++ids),
    }),
    session: await seen(url, {
      headers: { "Content-Type": "application/json", Accept: BOTH },
      ...posted("initialize", initialize, ++ids),
    }),
  };
}

/// A stream up to its first event.
async function heard(url, init) {
  const abort = new AbortController();
  const late = setTimeout(() => abort.abort(), 20_000);
  try {
    const answer = await fetch(url, { signal: abort.signal, ...init });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let piece = {}; !piece.done && !text.includes("\n\n"); text += piece.value ?? "") {
      piece = await reader.read();
    }
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text };
  } catch (error) {
    return { error: error.name };
  } finally {
    clearTimeout(late);
    abort.abort();
  }
}

/// What a hostile page can send without asking first: requests that need no preflight.
async function sneakyFlows(base) {
  const url = `${base}/mcp`;
  const call = posted("tools/call", CALL, "sneaky");
  const plain = { "Content-Type": "text/plain" };
  return {
    plainText: await seen(url, { ...call, headers: plain }),
    opaque: await seen(url, { ...call, headers: plain, mode: "no-cors", credentials: "include" }),
    health: await seen(`${base}/healthz`),
    beacon: navigator.sendBeacon(url, call.body),
    form: await submitted(url, call.body),
  };
}

/// Sends a form whose body is JSON: one field, with the equals sign inside of a text.
async function submitted(url, json) {
  const frame = document.createElement("iframe");
  frame.name = `answer-${++ids}`;
  document.body.append(frame);
  const form = document.createElement("form");
  Object.assign(form, { method: "POST", action: url, enctype: "text/plain", target: frame.name });
  const field = document.createElement("input");
  field.name = `${json.slice(0, -1)},"more":"`;
  field.value = '"}';
  form.append(field);
  document.body.append(form);
  const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
  form.submit();
  await loaded;
  try {
    return { text: frame.contentDocument.body.textContent };
  } catch (error) {
    return { error: error.name };
  }
}

async function allFlows(base, tokens) {
  return {
    catalog: await catalogFlows(base, tokens),
    modern: await modernFlows(base, tokens),
    sneaky: await sneakyFlows(base),
  };
}

/// The same from a frame that may run scripts and is of no origin.
async function framedFlows(base, tokens) {
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts allow-forms";
  frame.srcdoc = `<body><script src="${location.origin}/catalog.js"></scr` + `ipt><script>
    onmessage = async (event) => parent.postMessage(await allFlows(...event.data), "*");</scr` + `ipt>`;
  const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
  document.body.append(frame);
  await loaded;
  const told = new Promise((done) => addEventListener("message", done, { once: true }));
  frame.contentWindow.postMessage([base, tokens], "*");
  return (await told).data;
}
