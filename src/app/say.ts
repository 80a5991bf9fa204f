/** The page says a step as the stage does. */
export { captionOf, castOf, nameOf, plainText } from '../journal/say.ts'
