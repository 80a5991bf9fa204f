/** The two windows of a talk, fetched as one: they are made of the same parts. */
import { useStore } from '../../app/store.ts'
import { Presenter } from './presenter.tsx'
import { Talk } from './talk.tsx'

export default function Windows() {
  return useStore((now) => now.view) === 'presenter' ? <Presenter /> : <Talk />
}
