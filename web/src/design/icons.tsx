import type { ComponentChildren } from 'preact'

/** Line drawings on a grid of 20, in the colour of the text around them. */
const shapes = {
  talk: <path d="M4 4.5h12v8.5H9.5L6 16v-3H4z" />,
  brief: <path d="M5 3.5h10v13H5zM7.5 7.5h5M7.5 10.5h5M7.5 13.5h3" />,
  run: <path d="M4 10h3l2-5 3 10 2-5h2.5" />,
  package: <path d="m10 3 6.5 3.5v7L10 17l-6.5-3.5v-7zM3.5 6.5 10 10l6.5-3.5M10 10v7" />,
  library: <path d="M4 4h3v12H4zM8.5 4h3v12h-3zM13 4.6l2.6-.6 2.4 11.6-2.6.5z" />,
  send: <path d="M10 16V4.5M5.5 9 10 4.5 14.5 9" />,
  stop: <path d="M6 6h8v8H6z" />,
  microphone: (
    <path d="M10 3a2 2 0 0 1 2 2v5a2 2 0 0 1-4 0V5a2 2 0 0 1 2-2ZM5.5 9.5a4.5 4.5 0 0 0 9 0M10 14v3" />
  ),
  picture: <path d="M3.5 4.5h13v11h-13zM3.5 13l4-4 3 3 2-2 4 4M13 7.6h.01" />,
  camera: (
    <path d="M3.5 6.5H6l1.5-2h5l1.5 2h2.5v9h-13zM10 8.2a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2Z" />
  ),
  undo: <path d="M7.5 4 4 7.5 7.5 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8" />,
  plus: <path d="M10 4v12M4 10h12" />,
  close: <path d="m5 5 10 10M15 5 5 15" />,
  check: <path d="m4.5 10.5 3.5 3.5 7.5-8" />,
  copy: <path d="M7 7h9v9H7zM4 13V4h9" />,
  edit: <path d="m4 16 .8-3.2L13 4.6l2.4 2.4-8.2 8.2zM11.5 6.1l2.4 2.4" />,
  more: <path d="M5 10h.01M10 10h.01M15 10h.01" />,
  down: <path d="M10 4v11.5M5.5 11 10 15.5 14.5 11" />,
  download: <path d="M10 3.5v9M6 8.5l4 4 4-4M3.5 16.5h13" />,
  trash: <path d="M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5" />,
  warning: <path d="M10 3.5 17 16H3zM10 8.5v3.5M10 14h.01" />,
  information: <path d="M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM10 9v4M10 6.5h.01" />,
  offline: (
    <path d="M3 8.5a10 10 0 0 1 3-2M9 5.4a10 10 0 0 1 8 3.1M5.6 11.4a6 6 0 0 1 3-1.7M8.3 14a2.6 2.6 0 0 1 3.2-.2M3.5 3.5l13 13" />
  ),
  search: <path d="M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4ZM12.8 12.8 16.5 16.5" />,
  play: <path d="M6.5 4.5v11l9-5.5z" />,
  pause: <path d="M7 5v10M13 5v10" />,
  link: (
    <path d="M8 12l4-4M9 6.5l1.6-1.6a3 3 0 0 1 4.5 4.2L13.4 11M11 13.5l-1.6 1.6a3 3 0 0 1-4.5-4.2L6.6 9" />
  ),
  phone: <path d="M6 3h8v14H6zM9 14.5h2" />,
  theme: <path d="M10 3.5a6.5 6.5 0 1 0 0 13zM10 3.5a6.5 6.5 0 0 1 0 13" />,
  language: (
    <path d="M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM3.5 10h13M10 3.5c-4 4-4 9 0 13M10 3.5c4 4 4 9 0 13" />
  ),
} as const satisfies Record<string, ComponentChildren>

export type IconName = keyof typeof shapes
export const iconNames = Object.keys(shapes) as IconName[]

/** Decoration: what it means, the text beside it or the control's label says. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg
    class="icon"
    viewBox="0 0 20 20"
    width="20"
    height="20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {shapes[name]}
  </svg>
)
