-- Drives the server through Neovim's own client: `nvim --headless -u NONE -S neovim.lua`. What it finds goes to a file.
local bin, root, out = vim.env.EVENTSYSTEM_BIN, vim.env.EVENTSYSTEM_ROOT, vim.env.EVENTSYSTEM_OUT
local said = {}

local function finish(problem)
  said.problem = problem
  local file = io.open(out, 'w')
  file:write(vim.json.encode(said))
  file:close()
  vim.cmd('qall!')
end

local function attempt()
  vim.cmd('edit ' .. root .. '/eventsystem.yml')
  local client = vim.lsp.start_client({ name = 'eventsystem', cmd = { vim.env.EVENTSYSTEM_NODE, bin, 'lsp', '--stdio' }, root_dir = root })
  if not client then error('no client') end
  vim.lsp.buf_attach_client(0, client)
  if not vim.wait(10000, function() return vim.lsp.buf_is_attached and vim.lsp.buf_get_clients(0)[client] ~= nil or next(vim.lsp.buf_get_clients(0)) ~= nil end) then
    error('not attached')
  end
  local uri = vim.uri_from_bufnr(0)
  local function ask(method, line, character)
    local answers = vim.lsp.buf_request_sync(0, method, { textDocument = { uri = uri }, position = { line = line, character = character } }, 10000)
    for _, answer in pairs(answers or {}) do return answer.result end
  end
  -- The name of the stream is typed anew, one letter short of right.
  vim.api.nvim_buf_set_lines(0, 6, 7, false, { '    from: { stream: order }' })
  vim.wait(10000, function() return #vim.diagnostic.get(0) > 0 end)
  said.findings = vim.tbl_map(function(one) return { line = one.lnum, column = one.col, message = one.message } end, vim.diagnostic.get(0))
  said.items = vim.tbl_map(function(item) return item.label end, ask('textDocument/completion', 6, 20) or {})
  vim.api.nvim_buf_set_lines(0, 6, 7, false, { '    from: { stream: orders }' })
  local hover = ask('textDocument/hover', 6, 22)
  said.hover = hover and hover.contents.value
  local definition = ask('textDocument/definition', 5, 16)
  said.definition = definition and definition.uri
  finish()
end

local ok, problem = pcall(attempt)
if not ok then finish(tostring(problem)) end
