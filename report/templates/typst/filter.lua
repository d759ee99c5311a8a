-- What pandoc's Typst writer leaves out: alternative texts, languages of parts, small print,
-- and headings that go down one level at a time, as PDF/UA asks.

local function typst_string(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"'):gsub('\n', ' ') .. '"'
end

local suffixes = {
  ['image/svg+xml'] = 'svg', ['image/png'] = 'png', ['image/jpeg'] = 'jpg', ['image/gif'] = 'gif', ['image/webp'] = 'webp',
}

-- Writes the picture to a file of the working directory and returns the Typst call that shows it.
local function picture(image, more)
  local type, contents = pandoc.mediabag.fetch(image.src)
  local name = 'picture-' .. pandoc.utils.sha1(contents) .. '.' .. (suffixes[type:match('^[^;]+')] or 'png')
  local file = assert(io.open(name, 'wb'))
  file:write(contents)
  file:close()
  local alt = pandoc.utils.stringify(image.caption)
  if alt == '' then alt = 'Image without a description' end
  return 'image("' .. name .. '", alt: ' .. typst_string(alt) .. more .. ')'
end

local function inlines_as_typst(inlines)
  return pandoc.write(pandoc.Pandoc({ pandoc.Plain(inlines) }), 'typst-smart'):gsub('%s+$', '')
end

local function figure(element)
  local image
  element:walk({ Image = function(found) image = found end })
  if not image then return nil end
  local caption = inlines_as_typst(pandoc.utils.blocks_to_inlines(element.caption.long))
  local label = element.identifier ~= '' and (' <' .. element.identifier .. '>') or ''
  return pandoc.RawBlock('typst', '#figure(' .. picture(image, ', width: 100%') .. ', caption: [' .. caption .. '])' .. label)
end

local function span(element)
  local language = element.attributes.lang
  local before, after = '', ''
  if language then before, after = '#text(lang: "' .. language:match('^%a+') .. '")[', ']' end
  if element.classes:includes('quote') then before, after = before .. '#emph[', ']' .. after end
  if element.classes:includes('small') then before, after = before .. '#small[', ']' .. after end
  if before == '' then return nil end
  local content = element.content
  content:insert(1, pandoc.RawInline('typst', before))
  content:insert(pandoc.RawInline('typst', after))
  return content
end

-- A formula is read aloud as it was written.
local function formula(element)
  local block = element.mathtype == 'DisplayMath'
  local typeset = inlines_as_typst({ element:clone() }):gsub('^%$%s*', '$'):gsub('%s*%$$', '$')
  return pandoc.RawInline('typst', '#math.equation(block: ' .. tostring(block) .. ', alt: ' .. typst_string(element.text) .. ', ' .. typeset .. ')')
end

local level = 0
local function header(element)
  element.content = element.content:filter(function(part) return not (part.t == 'Link' and part.classes:includes('anchor-link')) end)
  element.level = math.min(element.level, level + 1)
  level = element.level
  return element
end

local lowest = 9
return {
  { Header = function(element) lowest = math.min(lowest, element.level) end },
  { Header = function(element) element.level = element.level - lowest + 1; return element end },
  { Header = header, Figure = figure, Span = span, Math = formula },
  { Image = function(image) return pandoc.RawInline('typst', '#box(' .. picture(image, '') .. ')') end },
}
