/** What a story asks of a GPU's own node, where no function of Mesa stands for it: a buffer of its own, and the offset that an import is mapped by. */
interface Calls { readonly makes: (size: number) => string; readonly offset: string }

const GPUS: Readonly<Record<string, Calls>> = {
  panfrost: { makes: size => `DRM_IOCTL_PANFROST_CREATE_BO(gpu, ${size})`, offset: 'DRM_IOCTL_PANFROST_MMAP_BO(gpu, bo)' },
  etnaviv: { makes: size => `DRM_IOCTL_ETNAVIV_GEM_NEW(gpu, ${size})`, offset: 'DRM_IOCTL_ETNAVIV_GEM_INFO(gpu, bo)' },
  lima: { makes: size => `DRM_IOCTL_LIMA_GEM_CREATE(gpu, ${size})`, offset: 'DRM_IOCTL_LIMA_GEM_INFO(gpu, bo)' },
  msm: { makes: size => `DRM_IOCTL_MSM_GEM_NEW(gpu, ${size})`, offset: 'DRM_IOCTL_MSM_GEM_INFO(gpu, bo)' },
  v3d: { makes: size => `DRM_IOCTL_V3D_CREATE_BO(gpu, ${size})`, offset: 'DRM_IOCTL_V3D_MMAP_BO(gpu, bo)' },
}

/** A story as text for every GPU whose calls are known; it begins with a dumb buffer, or needs none. */
export function onEveryGpu(text: (calls: Calls) => string): { readonly program: string; readonly programFrom: (allocation: { readonly way: string }, importer: string) => string | null } {
  return {
    program: text(GPUS['panfrost']!),
    programFrom: ({ way }, importer) => (way === 'dumb' && GPUS[importer] ? text(GPUS[importer]) : null),
  }
}
