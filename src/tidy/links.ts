/** Every link to a commit, a mail or a file names its version: a tag, a hash, the id of a message, or a date beside it. */
import type { Tree } from './tree.ts'

/** Names of what moves on: what such a link shows tomorrow is another text. */
const MOVES = /\/(?:master|main|trunk|HEAD|latest|next)(?:[/?#]|$)|[?&](?:h|ref)=(?:master|main|HEAD)\b|docs\.kernel\.org/
/** A release, a hash, the id of a message, the page of a month's archive, the number of a patch. */
const STANDS = /\/v?\d+\.\d+(?:\.\d+|-rc\d+)*(?:[/-]|\.html|$)|\/[0-9a-f]{10,40}(?:[/?#]|$)|\/[^/\s]+@[^/\s]+\/?$|\/\d{4}-[A-Z][a-z]+\/\d+\.html$|\/patch\/\d+\/?$/
/** What may stand beside a link: a release or a year. */
const DATED = /\d+\.\d+|\b(?:19|20)\d\d\b/

const URLS = /https?:\/\/[^\s'"`<>)\]]+/g
/** Names of no page: of formats, and of what is only said to be somewhere. */
const NO_PAGE = /^https?:\/\/(?:www\.w3\.org\/|example\.org|localhost|127\.)/
/** The word for the version in the same record, before or after the address. */
const versionBeside = (text: string, from: number, to: number): string => {
  const record = text.slice(Math.max(text.lastIndexOf('{', from), 0), text.indexOf('}', to) + 1 || text.length)
  return /version: '((?:[^'\\]|\\.)*)'/.exec(record)?.[1] ?? ''
}

export function versionless(tree: Tree): string[] {
  return [...tree].filter(([path]) => (/^src\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !path.startsWith('src/tidy/')) || path.endsWith('.md')).flatMap(([path, text]) =>
    [...text.matchAll(URLS)].flatMap(({ 0: url, index }) => {
      if (NO_PAGE.test(url)) return []
      if (MOVES.test(url)) return [`${path}: what ${url} shows moves on`]
      return STANDS.test(url) || DATED.test(versionBeside(text, index, index + url.length)) ? [] : [`${path}: ${url} names no version`]
    }))
}
