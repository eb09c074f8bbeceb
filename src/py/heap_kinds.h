/* SPDX-License-Identifier: MIT */
/* How each layout is marked and dropped: for heap.c's table, each beside its object. */
#ifndef LIMBECK_PY_HEAP_KINDS_H
#define LIMBECK_PY_HEAP_KINDS_H

#include "py/heap.h"

void list_mark(Vm *vm, Obj *obj);
void tuple_mark(Vm *vm, Obj *obj);
void dict_mark(Vm *vm, Obj *obj);
void set_mark(Vm *vm, Obj *obj);
void slice_mark(Vm *vm, Obj *obj);
void func_mark(Vm *vm, Obj *obj);
void native_mark(Vm *vm, Obj *obj);
void method_mark(Vm *vm, Obj *obj);
void class_mark(Vm *vm, Obj *obj);
void exc_mark(Vm *vm, Obj *obj);
void module_mark(Vm *vm, Obj *obj);
void cell_mark(Vm *vm, Obj *obj);
void code_mark(Vm *vm, Obj *obj);
void generator_mark(Vm *vm, Obj *obj);
void frame_obj_mark(Vm *vm, Obj *obj);
void traceback_mark(Vm *vm, Obj *obj);
void property_mark(Vm *vm, Obj *obj);
void wrapper_mark(Vm *vm, Obj *obj);
void super_mark(Vm *vm, Obj *obj);
void iter_mark(Vm *vm, Obj *obj);
void record_mark(Vm *vm, Obj *obj);
void member_mark(Vm *vm, Obj *obj);
void native_instance_mark(Vm *vm, Obj *obj);

void int_drop(Vm *vm, Obj *obj);
void bytes_drop(Vm *vm, Obj *obj);
void list_drop(Vm *vm, Obj *obj);
void dict_drop(Vm *vm, Obj *obj);
void set_drop(Vm *vm, Obj *obj);
void class_drop(Vm *vm, Obj *obj);
void generator_drop(Vm *vm, Obj *obj);
void record_drop(Vm *vm, Obj *obj);
void native_instance_drop(Vm *vm, Obj *obj);

#endif
