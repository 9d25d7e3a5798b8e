-- Good calls, by the tokens of many users in turn; what is no good answer is told at the end.

local requests, turn = {}, 0
failures, failed, statuses = "", 0, ""

local thread
function setup(one)
  thread = one
end

function init(arguments)
  -- Another user each time: one may have eight calls in work.
  local calls = io.lines(arguments[2])
  for tool in calls do
    local body = calls()
    for token in io.lines(arguments[1]) do
      requests[#requests + 1] = wrk.format("POST", "/mcp", {
        ["Content-Type"] = "application/json", ["Accept"] = "application/json, text/event-stream",
        ["MCP-Protocol-Version"] = "2026-07-28", ["Mcp-Method"] = "tools/call", ["Mcp-Name"] = tool,
        ["Authorization"] = "Bearer " .. token}, body)
    end
  end
  pause = tonumber(arguments[3])
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function delay()
  return pause
end

function response(status, headers, body)
  if status ~= 200 or not body:find('"isError":false', 1, true) then
    failed = failed + 1
    statuses = statuses .. status .. " "
    if #failures < 800 then
      failures = failures .. os.date("%H:%M:%S ") .. status .. " " .. body:sub(1, 150):gsub("[%c\"\\]", "'") .. "; "
    end
  end
end

function done(summary, latency)
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.2f, "median": %.1f, "p99": %.1f, "connect": %d, "read": %d, "write": %d, '
    .. '"timeout": %d, "status": %d, "failed": %d, "statuses": "%s", "failures": "%s"}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    summary.errors.connect, summary.errors.read, summary.errors.write, summary.errors.timeout,
    summary.errors.status, thread:get("failed"), thread:get("statuses"), thread:get("failures")))
end
