# klayout -b -r klayout_shapes.py -rd in=FILE [-rd lef=FILE,FILE -rd dbu=UM] [-rd boxes=FILE] [-rd counts=FILE]
#         [-rd save=FILE]
# boxes: every shape's box as "layer/datatype low high", sorted, and the instances of the top cell. counts: for each
# layer how many shapes it has, and the box round them.
import pya


def loaded():
    options = pya.LoadLayoutOptions()
    if "lef" in globals():
        config = options.lefdef_config
        config.lef_files = lef.split(",")
        config.read_lef_with_def = False
        config.produce_cell_outlines = True
        config.dbu = float(dbu)
        options.lefdef_config = config
    layout = pya.Layout()
    layout.read(globals()["in"], options)
    return layout


def row(name, *numbers):
    return " ".join([name] + ["%d" % number for number in numbers])


def name_of(index):
    info = layout.get_info(index)
    return "%d/%d" % (info.layer, info.datatype) if info.layer >= 0 else info.name


def box_rows():
    for index in layout.layer_indexes():
        for at in top.begin_shapes_rec(index):
            if at.shape().is_text():
                continue
            box = at.shape().bbox().transformed(at.trans())
            yield row(name_of(index), box.left, box.bottom, box.right, box.top)
    for instance in top.each_inst():
        yield row("instance %s %s" % (instance.cell.name, instance.trans), instance.na, instance.nb)


def count_rows():
    for index in layout.layer_indexes():
        shapes = pya.Region(top.begin_shapes_rec(index))
        shapes.merged_semantics = False
        box = shapes.bbox()
        yield row(name_of(index), shapes.count(), box.left, box.bottom, box.right, box.top)


layout = loaded()
top = layout.top_cell()
if "boxes" in globals():
    with open(boxes, "w") as file:
        file.write("\n".join(["dbu %.9g" % layout.dbu] + sorted(box_rows())) + "\n")
if "counts" in globals():
    with open(counts, "w") as file:
        file.write("\n".join(count_rows()) + "\n")
if "save" in globals():
    layout.write(save)
