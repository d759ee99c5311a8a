-- What pandoc's Typst writer leaves out: alternative texts, languages and scripts of parts, small print, numbers
-- whose decimal marks stand below each other, and headings that go down one level at a time, as PDF/UA asks.
-- What only a page can show is left out.

local function typst_string(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"'):gsub('\n', ' ') .. '"'
end

local suffixes = {
  ['image/svg+xml'] = 'svg', ['image/png'] = 'png', ['image/jpeg'] = 'jpg', ['image/gif'] = 'gif', ['image/webp'] = 'webp',
}

-- Text as Typst sets it letter for letter: any sign may have a meaning there, by itself or beside others.
local function text(element)
  return pandoc.RawInline('typst', (element.text:gsub('[%[%]\\!-/:-@^-`{-~]', '\\%0')))
end

local function inlines_as_typst(inlines)
  local written = pandoc.Inlines(inlines):walk({ Str = text })
  return pandoc.write(pandoc.Pandoc({ pandoc.Plain(written) }), 'typst-smart'):gsub('%s+$', '')
end

-- Writes something to a file of the working directory, and returns its name.
local function kept(kind, suffix, contents)
  local name = kind .. '-' .. pandoc.utils.sha1(contents) .. '.' .. suffix
  local file = assert(io.open(name, 'wb'))
  file:write(contents)
  file:close()
  return name
end

-- Writes the picture to a file of the working directory and returns the Typst call that shows it. Only a picture that
-- the document carries is shown: of any other one, neither a file is read nor a server asked.
local function picture(image, more)
  if not image.src:match('^data:') then return 'emph[' .. inlines_as_typst(image.caption) .. ']' end
  local type, contents = pandoc.mediabag.fetch(image.src)
  local name = kept('picture', suffixes[type:match('^[^;]+')] or 'png', contents)
  local alt = pandoc.utils.stringify(image.caption)
  if alt == '' then alt = 'Image without a description' end
  return 'image("' .. name .. '", alt: ' .. typst_string(alt) .. more .. ')'
end

local function figure(element)
  local image
  element:walk({ Image = function(found) image = found end })
  if not image then return nil end
  local caption = inlines_as_typst(pandoc.utils.blocks_to_inlines(element.caption.long))
  local label = element.identifier ~= '' and (' <' .. element.identifier .. '>') or ''
  return pandoc.RawBlock('typst', '#figure(' .. picture(image, ', width: 100%') .. ', caption: [' .. caption .. '])' .. label)
end

-- A numeral of the article, or a part of one, underlined by what it is for.
local function mention(element)
  local kind
  for _, class in ipairs(element.classes) do kind = kind or class:match('^kind%-(%a+)$') end
  local label = element.identifier ~= '' and ('<' .. element.identifier .. '>') or ''
  local content = element.content
  content:insert(1, pandoc.RawInline('typst', '#mention("' .. kind .. '")['))
  content:insert(pandoc.RawInline('typst', ']' .. label))
  return content
end

local function span(element)
  if element.classes:includes('mention') then return mention(element) end
  local language = element.attributes.lang
  local before, after = '', ''
  if language then
    local script = language:match('^%a+%-(%a%a%a%a)$')
    local spelt = script and (', script: "' .. script:lower() .. '"') or ''
    before, after = '#text(lang: "' .. language:match('^%a+') .. '"' .. spelt .. ')[', ']'
  end
  if element.classes:includes('digits') then
    before, after = before .. '#digits(' .. element.attributes['data-width'] .. ')[', ']' .. after
  end
  if element.classes:includes('quote') then before, after = before .. '#emph[', ']' .. after end
  if element.classes:includes('small') then before, after = before .. '#small[', ']' .. after end
  if before == '' then return nil end
  local content = element.content
  content:insert(1, pandoc.RawInline('typst', before))
  content:insert(pandoc.RawInline('typst', after))
  return content
end

-- Places that links lead to, each once: by their names, and by those in small letters with dashes for spaces.
local places, alike = {}, {}
local function decoded(name)
  return (name:gsub('%%(%x%x)', function(code) return string.char(tonumber(code, 16)) end))
end
local function likened(name)
  return pandoc.text.lower(decoded(name)):gsub('[%s_]+', '-')
end
local function place(element)
  local name = element.identifier
  if name == '' then return nil end
  if places[name] then
    element.identifier = ''
    return element
  end
  places[name] = true
  alike[likened(name)] = alike[likened(name)] or name
end

-- A link that leads nowhere is text, as are those to the page's own list of numbers.
local function link(element)
  local name = element.target:match('^#(.*)')
  if name then
    local known = places[name] and name or places[decoded(name)] and decoded(name) or alike[likened(name)]
    if not known or name:match('^fact%-') then return element.content end
    element.target = '#' .. known
    return element
  end
  local scheme = element.target:match('^([%a][%w+.-]*):')
  if scheme and not scheme:lower():match('^https?$') and scheme ~= 'mailto' then return element.content end
end

-- Tables that are looked things up in are set close.
local close = { ['table-origins'] = true, ['table-sentences'] = true }
-- From so many columns on, a table without widths of its own may be wider than the page.
local many = 6
local function set_table(element)
  local given = element.colspecs[1] and element.colspecs[1][2]
  local how = close[element.identifier] and 'close' or not given and #element.colspecs >= many and 'fitted'
  if not how then return nil end
  return { pandoc.RawBlock('typst', '#' .. how .. '['), element, pandoc.RawBlock('typst', ']') }
end

-- What a terminal showed, in its colours: from which letter to which one it has which.
local function terminal(element)
  local colours = element.attributes.colours
  if not colours then return nil end
  local parts = colours:gsub('(%d+) (%d+) (%w+);?', '(%1, %2, "%3"),')
  local escaped = element.text:gsub('\\', '\\\\'):gsub('"', '\\"')
  return pandoc.RawBlock('typst', '#terminal("' .. escaped .. '", (' .. parts .. '))')
end

-- A formula is read aloud as it was written. Each is a file of its own, so that one that cannot be set is told from others.
local function formula(element)
  local block = element.mathtype == 'DisplayMath'
  local typeset = inlines_as_typst({ element:clone() }):gsub('^%$%s*', '$'):gsub('%s*%$$', '$')
  local written = '#math.equation(block: ' .. tostring(block) .. ', alt: ' .. typst_string(element.text) .. ', ' .. typeset .. ')'
  return pandoc.RawInline('typst', '#include "' .. kept('formula', 'typ', written) .. '";')
end

-- The article, line by line: its numbers stand before the lines, and are not read aloud.
local function lines_of(div)
  local first = true
  return div:walk({
    Span = function(element)
      if not element.classes:includes('number') then return nil end
      local number = '#line-number(' .. tostring(first) .. ')[' .. pandoc.utils.stringify(element) .. ']'
      first = false
      return pandoc.RawInline('typst', number)
    end,
  })
end

local function part(element)
  if element.classes:includes('page-only') then return {} end
  if element.classes:includes('lines') then
    element = lines_of(element)
    element.content:insert(1, pandoc.RawBlock('typst', '#set par(hanging-indent: 3em)'))
  end
  if element.classes:includes('table-note') then
    element.content:insert(1, pandoc.RawBlock('typst', '#note['))
    element.content:insert(pandoc.RawBlock('typst', ']'))
  end
  -- A block of its own would hold no break of a page.
  for _, class in ipairs({ 'output', 'noted', 'text' }) do
    if element.classes:includes(class) then return element.content end
  end
  return element
end

local level = 0
local function header(element)
  element.content = element.content:filter(function(part) return not (part.t == 'Link' and part.classes:includes('anchor-link')) end)
  element.level = math.min(element.level, level + 1)
  level = element.level
  if element.attributes.lang then
    element.content = pandoc.Inlines({ pandoc.Span(element.content, { lang = element.attributes.lang }) })
  end
  return element
end

-- The contents stand before the second section.
local sections = 0
local function contents(element)
  if element.level > 1 then return nil end
  sections = sections + 1
  if sections == 2 then return { pandoc.RawBlock('typst', '#contents'), element } end
end

local lowest = 9
return {
  { Header = function(element) lowest = math.min(lowest, element.level) end },
  { Header = function(element) element.level = element.level - lowest + 1; return element end },
  { Header = place, Div = place, Span = place },
  { Div = part, Link = link },
  { Header = header },
  { Header = contents },
  { Figure = figure, Span = span, Math = formula, Table = set_table, CodeBlock = terminal },
  { Image = function(image) return pandoc.RawInline('typst', '#box(' .. picture(image, '') .. ')') end },
  { Str = text },
}
