/** The stage from afar, drawn: see far.ts. Its lines and letters are so thick that they can be seen when it is as small as a stamp. */
import { pathOf } from '../route.ts'
import { colour, ground } from '../hue.ts'
import { Flag } from '../glyphs/card.tsx'
import { Words } from '../glyphs/text.tsx'
import { Picture } from '../hardware/picture.tsx'
import { FLOORS } from '../scene.ts'
import type { Far, FarThing } from './far.ts'

/** `width` in CSS pixels; `name`: for those who do not see it. */
export function FarStage({ far, width, name }: { readonly far: Far; readonly width: number; readonly name: string }) {
  const { size, floors, processes, things, arrows, pictures } = far
  /** Of the drawing's own pixels that make one on the screen. */
  const px = size.w / width
  return (
    <svg className="far" role="img" aria-label={name} width={width} height={size.h / px} viewBox={`0 0 ${size.w} ${size.h}`}>
      {FLOORS.map((floor) => {
        const { band } = floors[floor]
        return <rect key={floor} x={band.x} y={band.y} width={band.w} height={band.h} fill={`var(--floor-${floor})`} />
      })}
      {processes.map(({ id, box, hue, letter, acting, there }) => (
        <g key={id} opacity={there ? undefined : 0.45}>
          <rect x={box.x} y={box.y} width={box.w} height={box.h} rx={4 * px} fill={acting ? ground(hue) : 'var(--panel)'} stroke={colour(hue)} strokeWidth={(acting ? 2 : 1) * px} strokeDasharray={there ? undefined : `${3 * px} ${2 * px}`} />
          <Words x={box.x + box.w / 2} y={box.y + box.h / 2 + 4 * px} size={12 * px} weight={700} anchor="middle" fill={colour(hue)}>{letter}</Words>
        </g>
      ))}
      {pictures.map(({ box, pixels }) => (
        <g key={box.x}>
          <rect x={box.x} y={box.y} width={box.w} height={box.h} fill="none" stroke="var(--edge)" strokeWidth={0.75 * px} strokeDasharray={pixels ? undefined : `${3 * px} ${2 * px}`} />
          {pixels && <Picture pixels={pixels} box={box} />}
        </g>
      ))}
      {arrows.map(({ points, hue, lost }, i) => <path key={i} d={pathOf(points, 9, 0)} fill="none" stroke={lost ? 'var(--bad)' : colour(hue)} strokeWidth={0.8 * px} strokeDasharray={lost ? `${3 * px} ${2 * px}` : undefined} />)}
      {things.map((thing) => <Thing key={thing.id} thing={thing} px={px} />)}
    </svg>
  )
}

function Thing({ thing: { box, hue, says, differs, chosen }, px }: { readonly thing: FarThing; readonly px: number }) {
  const stroke = chosen ? 'var(--ink)' : differs ? 'var(--bad)' : colour(hue)
  return (
    <g>
      <rect x={box.x} y={box.y} width={box.w} height={box.h} rx={2 * px} fill={says ? 'var(--panel)' : ground(hue)} stroke={stroke} strokeWidth={(chosen || differs ? 1.75 : 1) * px} />
      {says && <rect x={box.x} y={box.y} width={2 * px} height={box.h} fill={colour(hue)} />}
      {says && <Words x={box.x + box.w / 2 + px} y={box.y + box.h / 2 + 3.5 * px} size={10 * px} weight={650} anchor="middle">{says}</Words>}
      {differs && <Flag x={box.x + box.w} y={box.y} size={5 * px} />}
    </g>
  )
}
