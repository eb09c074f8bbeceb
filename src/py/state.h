/* SPDX-License-Identifier: MIT */
/* The inside of a Vm: only files of py/ that are the VM look into it. */
#ifndef LIMBECK_PY_STATE_H
#define LIMBECK_PY_STATE_H

#include "base/map.h"
#include "py/builtin_classes.h"
#include "py/heap.h"
#include "py/obj_class.h"
#include "py/obj_dict.h"
#include "py/obj_exc.h"
#include "py/obj_func.h"
#include "py/obj_iter.h"
#include "py/obj_list.h"
#include "py/obj_number.h"
#include "py/obj_opaque.h"
#include "py/obj_str.h"
#include "py/symbols.h"
#include "py/vm.h"

typedef enum FrameFlags {
    FRAME_ENTRY = 1 << 0,     /* returning from it leaves vm_run */
    FRAME_CONSTRUCT = 1 << 1, /* an __init__: its caller gets `construct` */
    FRAME_THROWN = 1 << 2,    /* resumed by throw() */
} FrameFlags;

/* A running or waiting function. slots and stack lie behind it. */
typedef struct Frame {
    struct Frame *back;
    CodeObj *code;
    FuncObj *func;              /* or NULL: a module or a class body */
    const uint32_t *next;       /* the next instruction; after a call: behind it */
    Value *slots, *stack, *top; /* top: first free entry */
    DictObj *globals;
    Value names; /* the namespace: a dict, or what __prepare__ gave; TAG_UNSET in functions */
    Value construct;
    Value handled;    /* the exception its caller handled, restored when it ends */
    FrameObj *object; /* made when asked for */
    struct GenObj *generator;
    void *release; /* memory taken below it, to be given back with it; or NULL */
    size_t size;
    unsigned flags;
} Frame;

/* Memory for frames and bound arguments, in last-in first-out order. */
typedef struct StackChunk {
    struct StackChunk *below, *above;
    size_t used, size;
    _Alignas(16) char bytes[];
} StackChunk;

/* A native function that is running: its arguments are roots. */
typedef struct NativeFrame {
    struct NativeFrame *below;
    const Call *call;
    Value callee;
    Frame *frame; /* the script frame that called */
    bool records; /* it makes records: see record_arena */
    struct Region *region; /* what it allocates for them, made when first asked for */
} NativeFrame;

enum { ATTR_CACHE_SIZE = 512 };

typedef struct AttrCache {
    Class *cls;
    StrObj *name;
    Class *owner;
    Value value;
    uint32_t version;
} AttrCache;

typedef struct NativeClassEntry {
    const NativeClass *native;
    Class *cls;
} NativeClassEntry;

struct RecordHooks;
/* A signature that values are bound to a record's members by. */
typedef struct RecordBinding {
    struct RecordBinding *next;
    const char *text; /* the signature's; told apart by its address */
    const struct Signature *signature;
    const struct Field **fields; /* one a parameter; NULL: no member */
    /* Sets of parameters, a bit each. */
    uint64_t members;  /* that have a field */
    uint64_t defaults; /* of these, whose default is not what a new struct holds */
    uint64_t counted;  /* for RecordHead.given */
} RecordBinding;

typedef struct RecordEntry {
    const struct Record *record;
    const struct RecordHooks *hooks;
    Class *cls;
    RecordBinding *bindings;
    const char *name; /* "Column"; made when first asked for, as the next */
    Str init_name;    /* "Column.__init__" */
} RecordEntry;

struct Vm {
    Arena *arena;
    Arena *work; /* of the compiler, see vm_compile */
    struct Ahead *ahead;
    VmLimits limits;
    Heap heap;
    void *context;
    LogTree *log;
    Class *classes[BUILTIN_CLASS_COUNT];
    Class *exceptions[EXC_COUNT];
    StrObj *symbols[SYM_COUNT];
    StrObj **interned; /* open addressing */
    size_t interned_len, interned_cap;
    StrObj *chars[128]; /* one-character strings, made when first needed */
    StrObj *empty;
    Frame *frame; /* innermost */
    NativeFrame *native;
    StackChunk *chunk;
    size_t depth, c_depth;
    const StrObj *place_of; /* the text beyond ASCII that was last indexed, until a collection */
    size_t place_index, place_offset;
    struct ReprMark *reprs; /* the containers whose repr is being written; on the C stack */
    Value pending;          /* the exception being raised, or TAG_UNSET */
    Value handled;          /* the exception being handled, or None */
    Value *roots;
    size_t root_len, root_cap;
    bool again; /* the pending exception is raised again as it is */
    bool late;  /* it passes the handlers of frames above late_depth: see vm_late */
    size_t late_depth;
    bool yielded; /* vm_run ended by a yield, not by a return */
    unsigned ticks;
    uint64_t steps; /* left, when limited */
    bool limited;   /* steps or seconds are watched */
    double deadline;
    const volatile sig_atomic_t *interrupted; /* never NULL; raised once, then `uninterrupted` */
    volatile sig_atomic_t uninterrupted;      /* always 0 */
    bool heap_full;                           /* past its limit: raised at the next safe point */
    AttrCache *cache;
    uint32_t class_version; /* cache entries of another one are stale */
    DictObj *modules;       /* sys.modules */
    ListObj *path;          /* sys.path */
    ListObj *argv;
    DictObj *builtins; /* what was asked for so far; see builtin_find */
    bool builtins_filled;
    Map native_modules; /* const NativeModule * */
    Map preludes;       /* const PreludeModule * */
    VEC(OpaqueImport) opaque_imports;
    ListObj *opaque_classes; /* see vm_opaque_classes */
    NativeClassEntry *native_classes; /* hash table by address */
    size_t native_class_len, native_class_cap;
    RecordEntry *records;
    size_t record_len, record_cap;
    struct ListObj *kept;        /* what lower floors point to, see record_mark */
    DictObj *slots;              /* see vm_slot */
    const NativeRow *object_new; /* object.__new__ */
};

/* A root for natives' lasting state: a dict that lives as long as the Vm, by name. */
Value vm_slot(Vm *vm, const char *name);

#endif
