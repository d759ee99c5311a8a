-- What a reader of plain text has no use for: pictures as data, which become the words that describe them,
-- the widths of columns, and parts that only a page can show.

local function picture(element)
  local image
  element:walk({ Image = function(found) image = found end })
  if not image then return nil end
  local blocks = pandoc.Blocks(element.caption.long)
  blocks:insert(pandoc.BlockQuote({ pandoc.Plain(image.caption) }))
  return blocks
end

local function part(element)
  if element.classes:includes('page-only') then return {} end
  return element.content
end

local function table_of(element)
  element.colspecs = element.colspecs:map(function(spec) return { spec[1], nil } end)
  return element
end

local function bare(element)
  if element.target:match('^#fact%-') then return element.content end
  element.title, element.classes = '', {}
  return element
end

local function plain(element)
  if element.classes:includes('mention') then
    element.classes = { 'mark' }
    return element
  end
  if element.identifier ~= '' then return nil end
  return element.content
end

-- What Markdown would take for an entity, an escape or a rule stays what it is; pandoc escapes the rest.
local written = { ['&'] = '&amp;', ['\\'] = '\\\\' }
local function text(element)
  if element.text:find('^[-=]+$') then return pandoc.RawInline('markdown', '\\' .. element.text) end
  if not element.text:find('&#?%w+;') and not element.text:find('\\', 1, true) then return nil end
  local parts = pandoc.Inlines({})
  for before, sign in element.text:gmatch('([^&\\]*)([&\\]?)') do
    if before ~= '' then parts:insert(pandoc.Str(before)) end
    if sign ~= '' then parts:insert(pandoc.RawInline('markdown', written[sign])) end
  end
  return parts
end

return { { Str = text }, { Figure = picture }, { Div = part, Table = table_of, Span = plain, Link = bare } }
