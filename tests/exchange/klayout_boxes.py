# klayout -b -r klayout_boxes.py -rd in=FILE -rd out=FILE [-rd lef=FILE,FILE -rd dbu=UM] [-rd save=FILE]
# Writes every shape's box as "layer/datatype low high", sorted, and the instances of the top cell.
import pya

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
top = layout.top_cell()
lines = []
for index in layout.layer_indexes():
    info = layout.get_info(index)
    for at in top.begin_shapes_rec(index):
        if at.shape().is_text():
            continue
        box = at.shape().bbox().transformed(at.trans())
        name = "%d/%d" % (info.layer, info.datatype) if info.layer >= 0 else info.name
        lines.append("%s %d %d %d %d" % (name, box.left, box.bottom, box.right, box.top))
for instance in top.each_inst():
    lines.append("instance %s %s %d %d" % (instance.cell.name, instance.trans, instance.na, instance.nb))
with open(out, "w") as file:
    file.write("dbu %.9g\n" % layout.dbu)
    file.write("\n".join(sorted(lines)) + "\n")
if "save" in globals():
    layout.write(save)
